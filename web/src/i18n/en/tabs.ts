export const tabs = {
  youAreInThisRoom: 'You are in this room in another tab',
  oneTabIsEnoughIf: 'One tab is enough. If you go on here, the other tab stops, and you keep your group and your rights.',
  theOtherTabDoesNot: 'The other tab does not answer. Close it, then this page goes on; or come in as another person.',
  theOtherTabGoesOn: 'The other tab goes on, and says so. You can close this one.',
  askingTheOtherTab: 'Asking the other tab ...',
  goOnHereInstead: 'Go on here instead',
  stayInTheOtherTab: 'Stay in the other tab',
  comeInHereAsAnother: 'Come in here as another person',
};
