// What helps where the server lets nobody in like this; why, it says itself. Pure.
import type { ServerError } from '../../wire/control/control.js';
import { t } from '../../i18n/words.js';

const PASSWORD_CODES = ['password_needed', 'bad_password', 'too_many_tries'];

/** It is mended where the password stands. */
export function aboutPassword(error: ServerError): boolean {
  return PASSWORD_CODES.includes(error.code);
}

/** To be read behind the server's sentence; empty where that says all. */
export function nextStep(code: string): string {
  switch (code) {
    case 'not_allowed':
      return t.door.youCanGoInWithout;
    case 'password_needed':
      return t.door.thenTypeItHere;
    case 'bad_password':
      return t.door.typeItAgain;
    case 'removed':
      return t.door.ifThatWasAMistake;
    default:
      return '';
  }
}
