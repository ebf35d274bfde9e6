/** What a desk rejects a call with. */
import type { CommandError, ErrorCode } from '../../src/wire/generated';

export function failure(code: ErrorCode, params: CommandError['params'] = {}, detail = ''): CommandError {
  return { code, params, detail };
}
