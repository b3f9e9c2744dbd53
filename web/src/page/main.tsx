// Starts the page.
import { render } from 'preact';
import { App } from './app.js';
import { keepFocus } from './focus_keeper.js';
import { followTheme } from '../features/theme/theme.js';
import { takeOrganiserKeys } from './organiser_address.js';
import { followAddress } from './routes.js';

followTheme();
takeOrganiserKeys();
followAddress();
keepFocus();
render(<App />, document.getElementById('page') as HTMLElement);
