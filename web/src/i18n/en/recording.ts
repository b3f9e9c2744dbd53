export const recording = {
  theRecordingBrokeOffReload: 'The recording broke off. Reload the page when you can; what was recorded is offered then.',
  theRecordingWasAsLong: 'The recording was as long as it can be, and ended. You can download it, and begin another.',
  thereIsNoRoomLeft: 'There is no room left on this computer’s disk for the browser: the recording ended here.',
  thereIsTooLittleRoom: 'There is too little room left on this computer’s disk for a recording.',
  downloadThemBeforeYouClose: 'Download them before you close this page: this browser cannot keep them.',
  thisBrowserKeepsThemUntil: 'This browser keeps them until you delete them; nobody else has them.',
  deleteForGood: 'Delete for good',
  deleteWord: 'Delete',
  recordWhatIHear: 'Record what I hear',
  thisBrowserCannotKeepIt: 'This browser cannot keep it: half an hour is the most, and you have to download it before you leave.',
  yourRecordings: 'Your recordings',
};
