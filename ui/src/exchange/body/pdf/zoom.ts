/** A factor of the natural size, or as wide as there is room. */
export type Zoom = number | "width";

const STEPS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];
const LEAST = 0.1;
const NEAR = 0.005;

/** The next step of size from where it is now. */
export function stepped(scale: number, by: 1 | -1): number {
  const larger = STEPS.find((step) => step > scale + NEAR);
  const smaller = STEPS.findLast((step) => step < scale - NEAR);
  return (by > 0 ? larger : smaller) ?? scale;
}

/** The factor that is meant, with this much room beside the widest page. */
export function scaleOf(zoom: Zoom, room: number, widest: number): number {
  if (zoom !== "width") return zoom;
  if (room <= 0 || widest <= 0) return 1;
  return Math.min(Math.max(room / widest, LEAST), STEPS.at(-1) ?? 1);
}

/** The page that is being read: the last that begins above the middle of what is seen. */
export function pageAt(tops: number[], middle: number): number {
  const after = tops.findIndex((top) => top > middle);
  if (after === -1) return Math.max(1, tops.length);
  return Math.max(1, after);
}
