import { act, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { chooseBackend } from "../../../backend";
import { memoryBackend } from "../../../backend/memory";
import type { BodyFacts } from "../../../bindings/BodyFacts";
import { TooltipProvider } from "../../../components/Tooltip";
import { PdfPreview } from "./PdfPreview";

const { drawn, opened } = vi.hoisted(() => ({
  drawn: [] as Array<[page: number, scale: number]>,
  opened: { fails: null as Error | null, urls: [] as string[], destroyed: 0 },
}));

vi.mock("./document", () => ({
  async openDocument(url: string) {
    opened.urls.push(url);
    if (opened.fails) throw opened.fails;
    const destroy = () => Promise.resolve((opened.destroyed += 1));
    return { numPages: 7, getPage: (number: number) => Promise.resolve({ number }), loadingTask: { destroy } };
  },
  sizeOf: () => ({ width: 800, height: 1000 }),
  drawPage(page: { number: number }, scale: number) {
    drawn.push([page.number, scale]);
    return { done: Promise.resolve(), stop: () => undefined };
  },
}));

const seen = new Map<Element, (near: boolean) => void>();

class Sight {
  constructor(private tell: (entries: Array<{ isIntersecting: boolean }>) => void) {}
  observe(element: Element) {
    seen.set(element, (isIntersecting) => this.tell([{ isIntersecting }]));
  }
  disconnect(): void {}
}

const body = { exchange: "3f0c6d4e-0000-4000-8000-000000000000", part: [] as number[] };
const FACTS = { kind: "pdf", content_type: "application/pdf", size: 2000, whole: true, done: true } as BodyFacts;
let memory: ReturnType<typeof memoryBackend>;

function show(facts: Partial<BodyFacts> = {}, part: number[] = []) {
  return render(
    <TooltipProvider>
      <PdfPreview body={{ ...body, part }} facts={{ ...FACTS, ...facts }} />
    </TooltipProvider>,
  );
}

const near = (page: number, is = true) =>
  act(async () => seen.get(screen.getByRole("group", { name: `Page ${page}` }))?.(is));
const pages = () => screen.findByRole("region", { name: "Pages of the PDF" });

beforeEach(() => {
  memory = memoryBackend();
  chooseBackend(memory);
  vi.stubGlobal("IntersectionObserver", Sight);
  drawn.length = 0;
  opened.urls.length = 0;
  opened.destroyed = 0;
  opened.fails = null;
  seen.clear();
});

it("only pages that are near are drawn, and none is kept once it is far", async () => {
  show();
  await pages();
  expect(screen.getAllByRole("group")).toHaveLength(7);
  expect(drawn).toEqual([]);
  await near(1);
  await near(2);
  expect(drawn.map(([page]) => page)).toEqual([1, 2]);
  expect(document.querySelectorAll("canvas")).toHaveLength(2);
  await near(1, false);
  expect(document.querySelectorAll("canvas")).toHaveLength(1);
});

it("keys and buttons go through the pages", async () => {
  show();
  const region = await pages();
  const count = () => screen.getByTestId("pdf-page").textContent;
  expect(count()).toBe("Page 1 of 7");
  expect(screen.getByRole("button", { name: "Previous page" }).hasAttribute("disabled")).toBe(true);
  fireEvent.keyDown(region, { key: "ArrowRight" });
  fireEvent.click(screen.getByRole("button", { name: "Next page" }));
  expect(count()).toBe("Page 3 of 7");
  fireEvent.keyDown(region, { key: "End" });
  fireEvent.keyDown(region, { key: "ArrowRight" });
  expect(count()).toBe("Page 7 of 7");
  fireEvent.keyDown(region, { key: "Home" });
  expect(count()).toBe("Page 1 of 7");
});

it("pages grow, shrink and fit the width, and are drawn anew at their size", async () => {
  show();
  const region = await pages();
  await near(1);
  const scale = () => screen.getByTestId("pdf-scale").textContent;
  expect(scale()).toBe("100 %");
  await act(async () => fireEvent.keyDown(region, { key: "+" }));
  expect(scale()).toBe("125 %");
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Smaller" })));
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Smaller" })));
  expect(scale()).toBe("75 %");
  expect(screen.getByRole("group", { name: "Page 1" }).style.width).toBe("600px");
  await act(async () => fireEvent.keyDown(region, { key: "0" }));
  expect(screen.getByRole("button", { name: "Fit the width" }).getAttribute("aria-pressed")).toBe("true");
  expect(drawn).toEqual([1, 1.25, 1, 0.75, 1].map((size) => [1, size]));
});

it("a document that cannot be drawn says why and opens with the system", async () => {
  opened.fails = Object.assign(new Error("No password given"), { name: "PasswordException" });
  show();
  expect(await screen.findByRole("heading", { name: "This PDF is protected by a password" })).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Open with the system" }));
  expect(memory.calls.some(([name]) => name === "body_open")).toBe(true);
});

it("a document above 64 MiB is not read, and another program is offered, also for one within an archive", async () => {
  show({ size: 64 * 1024 * 1024 + 1 }, [0]);
  expect(screen.getByRole("heading", { name: "This PDF is too large to draw here" })).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Open with the system" }));
  expect(memory.calls).toContainEqual(["body_open", { ...body, part: [0] }]);
  expect(opened.urls).toEqual([]);
});

it("a document that still arrives is read once it is there, and let go of in the end", async () => {
  const { rerender, unmount } = show({ whole: false });
  expect(opened.urls).toEqual([]);
  rerender(
    <TooltipProvider>
      <PdfPreview body={body} facts={FACTS} />
    </TooltipProvider>,
  );
  await pages();
  expect(opened.urls).toHaveLength(1);
  unmount();
  await act(async () => undefined);
  expect(opened.destroyed).toBe(1);
});
