/** Pictures that come through the clipboard or a drop. What they really are is checked in Rust, by content. */

const accepted = /^image\/(?:png|jpeg|webp)$/;
/** Above this, a picture written into HTML is not taken: it would have to be held three times in memory. */
const maxDataUrl = 70 * 1024 * 1024;

/** The picture files of a paste or drop. */
export function pictureFiles(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'));
}

/** The file that a `data:` address holds; null if it holds no picture that we take. */
export function dataUrlFile(url: string): File | null {
  if (!url.startsWith('data:') || url.length > maxDataUrl) return null;
  const [, type, body] = /^data:([a-z/+.-]+);base64,([A-Za-z0-9+/=\s]+)$/i.exec(url) ?? [];
  if (type === undefined || body === undefined || !accepted.test(type)) return null;
  try {
    const bytes = Uint8Array.from(atob(body.replace(/\s/g, '')), (character) => character.charCodeAt(0));
    return new File([bytes], `pasted.${type.slice('image/'.length)}`, { type });
  } catch {
    return null;
  }
}
