import '@mantine/core/styles.css';
import '@mantine/charts/styles.css';
import '@mantine/notifications/styles.css';
import './app/global.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';

reloadAfterUpdate();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root" to put the console into');
createRoot(root).render(<App />);

/** A page that was open while the console was updated asks for files that are gone: loading it anew brings the new ones. Once a minute at most. */
function reloadAfterUpdate(): void {
  const lastKey = 'dunwell-reloaded-at';
  const pauseMs = 60_000;
  window.addEventListener('vite:preloadError', (event) => {
    if (Date.now() - Number(sessionStorage.getItem(lastKey) ?? 0) < pauseMs) return;
    event.preventDefault();
    sessionStorage.setItem(lastKey, String(Date.now()));
    window.location.reload();
  });
}
