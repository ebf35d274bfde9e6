import { app_name } from './i18n/generated/messages.js';
document.title = app_name();
