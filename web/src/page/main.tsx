// Starts the page.
import { render } from 'preact';
import { App } from './app.js';
import { keepFocus } from './focus_keeper.js';
import { followAddress } from './routes.js';

followAddress();
keepFocus();
render(<App />, document.getElementById('page') as HTMLElement);
