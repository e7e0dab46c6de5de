import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { pdfFiles } from "./vite.pdf.ts";

// Nothing may be inlined: the window's policy allows neither data: fonts nor inline scripts.
export default defineConfig({
  plugins: [react(), pdfFiles()],
  base: "./",
  clearScreen: false,
  server: { port: 5180, strictPort: true },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: ["es2022", "safari16"],
    chunkSizeWarningLimit: 1200,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/setup.test-env.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: false,
  },
});
