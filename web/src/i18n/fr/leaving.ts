import type { Words } from '../en/index.js';

export const leaving: Words['leaving'] = {
  youHaveLeftTheRoom: 'Vous avez quitté la salle',
  thankYouForSinging: 'Merci d’avoir chanté.',
  goBackIn: 'Revenir',
  youAreInTheRoom: 'Vous êtes ailleurs dans la salle',
  youCameInFromAnother:
    'Vous êtes entré depuis une autre fenêtre ou un autre appareil, cette page s’est donc fermée. Continuez là-bas ; ou revenez ici, et l’autre se ferme.',
  comeBackHere: 'Revenir ici',
  youWereRemovedFromThis: 'Vous avez été retiré de cette salle',
  itsOrganiserHasRemovedYou:
    'La personne responsable vous a retiré, et vous ne pouvez pas revenir de vous-même. Si c’était une erreur, demandez-lui de vous laisser revenir ; puis réessayez.',
  tryAgain: 'Réessayer',
  thisRoomWasDeleted: 'Cette salle a été supprimée',
  itsOrganiserHasDeletedIt:
    'La personne responsable l’a supprimée, avec ses accompagnements. Son lien ne mène plus nulle part. Les enregistrements sur votre appareil restent.',
  theServerClosedYourConnection: 'Le serveur a fermé votre connexion',
  thisPageAndTheServer:
    'Cette page et le serveur ne se sont pas compris, plusieurs fois de suite. Rechargez la page ; si cela se reproduit, mettez le navigateur à jour.',
  itReceivedAMessageFrom: 'Il a reçu de cette page un message trop grand. Rechargez la page pour revenir.',
  toTheFirstPage: 'Vers l’accueil',
  theSongIsOnAnd: 'Le chant est en cours, et vous le menez : les autres continueraient sans vous. Vous pouvez d’abord terminer le chant.',
  theSongIsOnThe: 'Le chant est en cours : les groupes derrière vous ne vous entendraient plus.',
  youAreRecordingTheRecording: 'Vous enregistrez : l’enregistrement s’arrête ici. Ce qui est fait est gardé, et vous pourrez le télécharger.',
  leave: 'Partir',
  leaveInTheMiddleOf: 'Partir au milieu du chant ?',
  leaveNow: 'Partir maintenant ?',
  stay: 'Rester',
  leaveNow2: 'Partir maintenant',
};
