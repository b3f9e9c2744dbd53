export const session = {
  youAreInTheRoom: 'You are in the room here. The other tab can be closed.',
};
