// Uploads a backing track, with progress. XMLHttpRequest, because fetch does not tell how much has been sent.
import { FieldError, asFields, text } from '../wire/fields.js';
import { bad, good, type Result } from '../wire/result.js';
import { sentenceOf } from './api.js';

export interface Upload {
  /** The id of the track. */
  done: Promise<Result<string>>;
  cancel(): void;
}

/** `progress` is told the share that has been sent, 0 to 1. */
export function uploadTrack(room: string, token: string, file: File, progress: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Result<string>>((resolve) => {
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onload = () => {
      const ok = request.status >= 200 && request.status < 300;
      resolve(ok ? trackIn(parsed(request.responseText)) : bad(sentenceOf(parsed(request.responseText), request.status)));
    };
    request.onerror = () => resolve(bad('The upload broke off. Look at your network, then try again.'));
    request.onabort = () => resolve(bad('The upload was stopped.'));
  });
  request.open('POST', `/api/rooms/${encodeURIComponent(room)}/tracks?name=${encodeURIComponent(file.name)}`);
  request.setRequestHeader('Authorization', `Bearer ${token}`);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.send(file);
  return { done, cancel: () => request.abort() };
}

export function trackIn(body: unknown): Result<string> {
  try {
    return good(text(asFields(asFields(body)['track']), 'id'));
  } catch (error) {
    if (error instanceof FieldError) return bad('The server gave an answer that this page does not understand. Reload the page.');
    throw error;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
