import { defineConfig } from 'vite';

const apiUrl = process.env.DUNWELL_API_URL ?? 'http://127.0.0.1:4000';
const modernBrowsers = ['chrome123', 'firefox128', 'safari17.5'];

export default defineConfig({
  root: __dirname,
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: modernBrowsers,
    sourcemap: true,
    // Inlined assets would be data: URLs, which the content security policy refuses for anything but images.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      // "use client" means something to server components only; there are none here.
      onLog: (level, log, show) => { if (log.code !== 'MODULE_LEVEL_DIRECTIVE') show(level, log); },
    },
  },
  server: { proxy: { '/api': apiUrl } },
});
