// The same signal as in ui/src/app/App.tsx: the frame after the first one has been asked for.
requestAnimationFrame(() => requestAnimationFrame(() => void window.__TAURI_INTERNALS__.invoke("painted")));
