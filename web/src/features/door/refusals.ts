// What helps where the server lets nobody in like this; why, it says itself. Pure.
import type { ServerError } from '../../wire/control/control.js';

const PASSWORD_CODES = ['password_needed', 'bad_password', 'too_many_tries'];

/** It is mended where the password stands. */
export function aboutPassword(error: ServerError): boolean {
  return PASSWORD_CODES.includes(error.code);
}

/** To be read behind the server's sentence; empty where that says all. */
export function nextStep(code: string): string {
  switch (code) {
    case 'not_allowed':
      return 'You can go in without it: press “Go in” again.';
    case 'password_needed':
      return 'Then type it here.';
    case 'bad_password':
      return 'Type it again.';
    case 'removed':
      return 'If that was a mistake, ask the organiser to let you in again, then press “Go in”.';
    default:
      return '';
  }
}
