import './kit/base.css';
import { TauriPlatform } from './platform/tauri';
import { begin } from './views/begin';

const target = document.getElementById('app');
if (target) void begin(new TauriPlatform(), target);
