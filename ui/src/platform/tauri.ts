import { convertFileSrc, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWindow } from '@tauri-apps/api/window';
import type { AttachedView, DeskEvent, PackageView } from '../wire/generated';
import type { Answer, Arguments, CommandName, PhotoFile, Platform } from './port';
import { wellFormed } from './wellFormed';

/** The desktop shell: one command for everything, two for bytes, one event. */
export class TauriPlatform implements Platform {
  readonly apple = /Mac/.test(navigator.userAgent);

  call<N extends CommandName>(name: N, args: Arguments<N>): Promise<Answer<N>> {
    return invoke<Answer<N>>('rpc', { name, args: wellFormed(args) });
  }

  attachPhoto(story: string, file: PhotoFile): Promise<AttachedView> {
    const headers = { 'x-story': story, 'x-name': encodeURIComponent(wellFormed(file.name)) };
    return invoke<AttachedView>('attach_photo', file.bytes, { headers });
  }

  openPackage(bytes: Uint8Array, trust: string | null): Promise<PackageView> {
    const headers: Record<string, string> = trust === null ? {} : { 'x-trust': trust };
    return invoke<PackageView>('open_package', bytes, { headers });
  }

  photoUrl(id: string, size: 'thumb' | 'display'): string {
    // The scheme's own address differs between systems; its slashes must stay slashes.
    return `${convertFileSrc('', 'khosra')}photo/${id}/${size}`;
  }

  onDesk(listener: (event: DeskEvent) => void): () => void {
    return stopper(
      listen<DeskEvent>('desk', (event) => {
        listener(event.payload);
      }),
    );
  }

  beginAnew(): void {
    location.reload();
  }

  onClose(mayClose: () => Promise<boolean>): () => void {
    return stopper(
      getCurrentWindow().onCloseRequested(async (event) => {
        if (!(await mayClose())) event.preventDefault();
      }),
    );
  }
}

function stopper(listening: Promise<() => void>): () => void {
  return () => {
    void listening.then((stop) => {
      stop();
    });
  };
}
