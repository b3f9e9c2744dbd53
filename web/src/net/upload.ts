// Uploads a backing track, with progress. XMLHttpRequest, because fetch does not tell how much has been sent.
import { bad, good, type Result } from '../wire/result.js';
import { sentenceOf } from './api.js';

export interface Upload {
  done: Promise<Result<null>>;
  cancel(): void;
}

/** `progress` is told the share that has been sent, 0 to 1. */
export function uploadTrack(room: string, token: string, file: File, progress: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Result<null>>((resolve) => {
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onload = () => {
      const ok = request.status >= 200 && request.status < 300;
      resolve(ok ? good(null) : bad(sentenceOf(parsed(request.responseText), request.status)));
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

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
