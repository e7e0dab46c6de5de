import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { chooseBackend, type Backend } from "../../backend";
import { memoryBackend } from "../../backend/memory";
import { request } from "../../backend/memory_story";
import type { BodyTable } from "../../bindings/BodyTable";
import type { PlaceOfRow } from "../../bindings/PlaceOfRow";
import type { RowsQuery } from "../../bindings/RowsQuery";
import { TooltipProvider } from "../../components/Tooltip";
import { arrange } from "../../layout";
import { BodyTab } from "./BodyTab";

let memory: ReturnType<typeof memoryBackend>;

async function open(path: string, around: (whole: Backend) => Backend = (whole) => whole) {
  memory = memoryBackend();
  chooseBackend(around(memory));
  const url = `https://acme-dev.it-cpi018-rt.cfapps.eu10-003.hana.ondemand.com/http/${path}`;
  const made = request("GET", url);
  const exchange = await memory.send(
    {
      id: crypto.randomUUID(),
      tenant: "acme-dev",
      request: made,
      confirmed: false,
    },
    () => undefined,
  );
  memory.calls.length = 0;
  render(
    <TooltipProvider>
      <BodyTab exchange={exchange} />
    </TooltipProvider>,
  );
  return userEvent.setup();
}

const asked = () =>
  memory.calls.filter(([name]) => name === "body_rows").map(([, input]) => (input as RowsQuery).from / 200);
const body = () => screen.findByRole("grid", { name: "Response body" });
const current = () => screen.getByRole("row", { selected: true });
const settle = (ms = 30) => act(() => new Promise((done) => setTimeout(done, ms)));

beforeEach(() => {
  localStorage.clear();
  arrange({ wrap: false });
});

describe("rows of a body", () => {
  it("are asked for by the page that is seen and its neighbour, no more", async () => {
    await open("big");
    await screen.findByText('"4500000000"');
    await settle();
    expect(asked()).toEqual([0, 1]);
    expect((await body()).getAttribute("aria-rowcount")).toBe("28847204");
    expect(screen.getAllByRole("row").length).toBeLessThan(40);
  });
  it("of a small body are asked for once", async () => {
    await open("orders");
    await screen.findByText('"4500018237"');
    await settle();
    expect(asked()).toEqual([0]);
  });
  it("follow an arrow key that is held over 5,000 rows, each page asked for once", async () => {
    await open("big");
    const grid = await body();
    await screen.findByText('"4500000000"');
    const press = () => grid.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
    for (let row = 0; row < 5000; row += 50) {
      act(() => Array.from({ length: 50 }, press).forEach(Boolean));
      // oxlint-disable-next-line no-await-in-loop
      await settle(3);
    }
    await settle();
    expect(current().getAttribute("aria-rowindex")).toBe("5001");
    expect(current().textContent).toContain("5,001");
    expect(grid.getAttribute("aria-activedescendant")).toBe(current().id);
    expect(new Set(asked()).size).toBe(asked().length);
    expect(asked().length).toBeLessThanOrEqual(27);
    expect(screen.getAllByRole("row").length).toBeLessThan(40);
  }, 60_000);
  it("reach the last of 28 million at once", async () => {
    const user = await open("big");
    (await body()).focus();
    await screen.findByText('"4500000000"');
    await user.keyboard("{Control>}{End}{/Control}");
    await waitFor(() => expect(current().textContent).toContain("28,847,204"));
    await waitFor(() => expect(current().textContent).toContain("}"));
    await settle();
    expect(asked().length).toBeLessThanOrEqual(5);
    await user.keyboard("{Control>}{Home}{/Control}");
    await waitFor(() => expect(current().getAttribute("aria-rowindex")).toBe("1"));
  });
  it("move by their own scroll bar, which says where it is", async () => {
    const user = await open("big");
    const bar = await screen.findByRole("scrollbar", { name: "Position in Response body" });
    await screen.findByText('"4500000000"');
    bar.focus();
    await user.keyboard("{End}");
    expect(Number(bar.getAttribute("aria-valuenow"))).toBeGreaterThan(28_847_100);
    await waitFor(() => expect(screen.getByText("28,847,204")).toBeTruthy());
    await user.keyboard("{Home}{ArrowDown}");
    expect(bar.getAttribute("aria-valuenow")).toBe("2");
  });
  it("stay as they are when they only move", async () => {
    await open("big");
    const grid = await body();
    const row = (await screen.findByText('"orders"')).closest('[role="row"]');
    fireEvent.keyDown(grid, { key: "ArrowDown" });
    fireEvent.wheel(grid, { deltaY: 10 });
    expect(screen.getByText('"orders"').closest('[role="row"]')).toBe(row);
  });
  it("fold by button and by key, and say how many lines are hidden", async () => {
    const user = await open("orders");
    const grid = await body();
    const fold = await screen.findByRole("button", { name: "Fold line 7" });
    fireEvent.click(fold);
    expect((await screen.findByRole("button", { name: "Unfold 12 lines" })).textContent).toBe("… 12 lines");
    expect(screen.queryByText('"TG-11"')).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Unfold line 7" }));
    expect(screen.getByText('"TG-11"')).toBeTruthy();
    grid.focus();
    await user.keyboard("{Control>}{Home}{/Control}{Enter}");
    expect(await screen.findByRole("button", { name: "Unfold 21 lines" })).toBeTruthy();
    await user.keyboard("{ArrowDown}");
    expect(current().getAttribute("aria-rowindex")).toBe("23");
  });
  it("wrap when wanted", async () => {
    await open("orders");
    const grid = await body();
    expect(grid.className).not.toContain("wrap");
    fireEvent.click(screen.getByRole("button", { name: "Wrap long lines" }));
    expect(grid.className).toContain("wrap");
    expect(screen.getByText('"4500018237"')).toBeTruthy();
  });
  it("that could not be read say why, and are read when asked again", async () => {
    const refused = { code: "storage_failed", message: "The disk does not answer.", hint: null, detail: null };
    let broken = true;
    const user = await open("orders", (whole) => ({
      ...whole,
      call: (name, input) => (name === "body_rows" && broken ? Promise.reject(refused) : whole.call(name, input)),
    }));
    expect((await screen.findByTestId("error-message")).textContent).toBe("The disk does not answer.");
    broken = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText('"4500018237"')).toBeTruthy();
    expect(screen.queryByTestId("error-message")).toBeNull();
  });
  it("are all copied by Rust after Ctrl A, in the form that is shown", async () => {
    const user = await open("orders");
    (await body()).focus();
    await user.keyboard("{Control>}ac{/Control}");
    expect(memory.calls.find(([name]) => name === "body_copy")?.[1]).toMatchObject({ form: "pretty" });
  });
});

describe("searching a body", () => {
  it("counts all hits, goes to the next and the one before, and around the ends", async () => {
    const user = await open("orders");
    await screen.findByText('"4500018237"');
    fireEvent.click(screen.getByTestId("body-search"));
    await user.type(screen.getByTestId("find-text"), "material");
    await waitFor(() => expect(screen.getByTestId("find-count").textContent).toBe("1 of 2"));
    expect(current().getAttribute("aria-rowindex")).toBe("10");
    expect(current().querySelector(".mark-on")?.textContent).toBe("material");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByTestId("find-count").textContent).toBe("2 of 2"));
    expect(current().getAttribute("aria-rowindex")).toBe("16");
    await user.keyboard("{F3}");
    await waitFor(() => expect(screen.getByTestId("find-count").textContent).toBe("1 of 2"));
    await user.keyboard("{Shift>}{Enter}{/Shift}");
    await waitFor(() => expect(screen.getByTestId("find-count").textContent).toBe("2 of 2"));
    await user.keyboard("{Escape}");
    expect(screen.queryByTestId("find-text")).toBeNull();
    expect(document.activeElement).toBe(await body());
  });
  it("goes on counting in a big body, with a map of where the hits are", async () => {
    const user = await open("big");
    await screen.findByText('"4500000000"');
    fireEvent.click(screen.getByTestId("body-search"));
    await user.type(screen.getByTestId("find-text"), "BACKORDER");
    await waitFor(() => expect(screen.getByTestId("find-count").textContent).toBe("1 of 1,201,966"), { timeout: 3000 });
    expect(screen.getByText(/whole body searched in/)).toBeTruthy();
    expect(screen.getByTestId("hit-map").querySelectorAll(".map-band").length).toBeGreaterThan(10);
    fireEvent.click(screen.getByRole("button", { name: "List hits" }));
    expect((await screen.findByRole("grid", { name: "Hits" })).getAttribute("aria-rowcount")).toBe("1201966");
  });
  it("says what is wrong with a pattern", async () => {
    const user = await open("orders");
    await screen.findByText('"4500018237"');
    fireEvent.click(screen.getByTestId("body-search"));
    fireEvent.click(screen.getByRole("button", { name: "Regular expression" }));
    await user.type(screen.getByTestId("find-text"), "(");
    expect((await screen.findByRole("alert")).textContent).toContain("no regular expression");
  });
});

describe("finding a place", () => {
  it("goes to a line, a share and a path", async () => {
    const user = await open("big");
    await screen.findByText('"4500000000"');
    for (const [text, row] of [
      ["18,204,113", "18204113"],
      ["50%", "14423603"],
      ["$.orders[2].status", "25"],
    ] as const) {
      fireEvent.click(screen.getByTestId("body-go-to"));
      // oxlint-disable-next-line no-await-in-loop
      await user.type(screen.getByTestId("go-to"), `${text.replaceAll("[", "[[")}{Enter}`);
      // oxlint-disable-next-line no-await-in-loop
      await waitFor(() => expect(current().getAttribute("aria-rowindex")).toBe(row));
    }
    await waitFor(() => expect(screen.getByTestId("body-path").textContent).toBe("$.orders[2].status"));
    expect(screen.getByTestId("body-line").textContent).toBe("Line 25 of 28,847,204");
  });
  it("lists the nodes of an expression and goes to one, or says what is wrong", async () => {
    const user = await open("orders");
    await screen.findByText('"4500018237"');
    const field = screen.getByRole("textbox", { name: "JSONPath" });
    await user.type(field, "$.items[[*].material");
    await waitFor(() => expect(screen.getByTestId("filter-count").textContent).toBe("2 nodes"));
    fireEvent.click(within(screen.getByRole("region", { name: "Filter result" })).getByText("$.items[1].material"));
    expect(current().getAttribute("aria-rowindex")).toBe("16");
    await user.clear(field);
    await user.type(field, "$.items[[");
    expect((await screen.findByRole("alert")).textContent).toContain("breaks off at character 8");
    expect(field.getAttribute("aria-invalid")).toBe("true");
  });
  it("names XML by XPath", async () => {
    const user = await open("xml");
    await user.type(await screen.findByRole("textbox", { name: "XPath" }), "//ord:number");
    await waitFor(() => expect(screen.getByTestId("filter-count").textContent).toBe("2 nodes"));
  });
});

describe("bodies of other kinds", () => {
  it("that are broken say where, and show the place", async () => {
    await open("broken");
    expect((await screen.findByRole("note")).textContent).toContain("Not valid JSON: a name ends");
    expect(screen.getByRole("note").textContent).toContain("line 3, column 8");
    fireEvent.click(screen.getByRole("button", { name: "Go there" }));
    expect(current().getAttribute("aria-rowindex")).toBe("3");
    expect(screen.getByText("Column 8")).toBeTruthy();
  });
  it("show their bytes", async () => {
    await open("orders");
    fireEvent.click(await screen.findByRole("radio", { name: "Hex" }));
    expect((await screen.findAllByText(/^00000000/)).length).toBe(1);
    expect(screen.queryByRole("textbox", { name: "JSONPath" })).toBeNull();
  });
  it("list their parts, each in the same viewer with the way back", async () => {
    await open("zip");
    expect((await screen.findByRole("table", { name: "Entries" })).textContent).toContain("encrypted with a password");
    fireEvent.click(screen.getByRole("button", { name: "orders/order.json" }));
    expect(await screen.findByText('"4500018237"')).toBeTruthy();
    const rows = memory.calls.find(([name]) => name === "body_rows")?.[1] as RowsQuery;
    expect(rows.shown.body.part).toEqual([0]);
    fireEvent.click(screen.getByRole("button", { name: "Whole body" }));
    expect(await screen.findByRole("table", { name: "Entries" })).toBeTruthy();
  });
  it("show HTML without scripts or network", async () => {
    await open("html");
    fireEvent.click(await screen.findByRole("radio", { name: "Preview" }));
    const frame = await screen.findByTitle("Preview of the answer");
    expect(frame.getAttribute("sandbox")).toBe("");
    expect(screen.getByText(/Scripts and network are off/)).toBeTruthy();
  });
  it("show a picture, and a table of values", async () => {
    await open("image");
    expect((await screen.findByRole("img")).getAttribute("src")).toContain("data:image");
    document.body.innerHTML = "";
    await open("csv");
    expect(await screen.findByRole("columnheader", { name: "material" })).toBeTruthy();
    expect(await screen.findByText("4500018237")).toBeTruthy();
    expect(screen.getByTestId("csv-table").getAttribute("aria-rowcount")).toBe("1200");
  });
  it("say on which line a table ends too early", async () => {
    await open("csv", (whole) => ({
      ...whole,
      call: (async (name: never, input: never) => {
        const output: unknown = await whole.call(name, input);
        return name === "body_table" ? { ...(output as BodyTable), stopped: 1201 } : output;
      }) as Backend["call"],
    }));
    expect((await screen.findByRole("note")).textContent).toContain("on line 1,201 has no end within 1 MiB");
  });
  it("tell apart the nodes of JSON lines, which have the same paths", async () => {
    const user = await open("orders", (whole) => ({
      ...whole,
      call: (async (name: never, input: never) => {
        const match = { path: "$.id", text: "1", row: null };
        if (name === "body_filter") return { matches: [match, match], count: 2, cut: false, value: null, documents: 2 };
        const output: unknown = await whole.call(name, input);
        return name === "body_place" ? { ...(output as PlaceOfRow), document: 2 } : output;
      }) as Backend["call"],
    }));
    await user.type(await screen.findByRole("textbox", { name: /JSONPath/ }), "$.id");
    await waitFor(() =>
      expect(screen.getByTestId("filter-count").textContent).toBe("2 nodes in 2 JSON values, each with its own paths"),
    );
    expect(screen.getAllByText("$.id")).toHaveLength(2);
    expect((await screen.findByTestId("body-document")).textContent).toBe("within JSON value 2");
  });
  it("follow events while they arrive, until somebody looks elsewhere", async () => {
    const user = await open("events");
    const grid = await body();
    const rows = () => Number(grid.getAttribute("aria-rowcount"));
    const before = rows();
    await waitFor(() => expect(rows()).toBeGreaterThan(before + 30), { timeout: 4000 });
    expect(screen.queryByText("1", { selector: ".rows-number" })).toBeNull();
    grid.focus();
    await user.keyboard("{Control>}{Home}{/Control}");
    const then = rows();
    await waitFor(() => expect(rows()).toBeGreaterThan(then), { timeout: 4000 });
    expect(screen.getByText("1", { selector: ".rows-number" })).toBeTruthy();
  });
  it("open with the system", async () => {
    await open("pdf");
    fireEvent.click((await screen.findAllByRole("button", { name: "Open with the system" })).at(-1) as HTMLElement);
    expect(memory.calls.some(([name]) => name === "body_open")).toBe(true);
  });
});
