export const covers = {
  changeThePicture: 'Change the picture',
  takeItAway: 'Take the picture away',
  pictureFile: 'Picture file',
  orDropAPicture: 'Or drop a picture here: PNG, JPEG or WebP, up to 10 MB.',
  makingItReady: ({ name }: { name: string }) => `“${name}” is being made ready ...`,
  isChanged: 'The picture is changed.',
  isTakenAway: 'The picture is taken away.',
};
