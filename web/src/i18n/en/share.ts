export const share = {
  share: 'Share',
  bringOthersIn: 'Bring others in',
  whoeverOpensThisLinkComes: 'Whoever opens this link comes to the door of this room.',
  theLinkToSend: 'The link to send',
  sendIt: 'Send it ...',
};
