import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import type { Field } from "../bindings/Field";
import { TooltipProvider } from "../components/Tooltip";
import { FieldTable } from "./FieldTable";

function Table({ start }: { start: Field[] }) {
  const [fields, setFields] = useState(start);
  return (
    <TooltipProvider>
      <FieldTable noun="Header" fields={fields} onChange={setFields} />
    </TooltipProvider>
  );
}

it("asks for a secret that was not kept; typing it sends the row again", async () => {
  render(
    <Table
      start={[
        { name: "X-Api-Key", value: "", enabled: false },
        { name: "Accept", value: "", enabled: false },
      ]}
    />,
  );
  const value = screen.getByLabelText<HTMLInputElement>("Header 1 value");
  expect(value.placeholder).toBe("not kept on disk; type it again");
  expect(screen.getByLabelText<HTMLInputElement>("Header 2 value").placeholder).toBe("");
  await userEvent.type(value, "abc");
  expect(value.value).toBe("abc");
  expect(screen.getByLabelText("Send Header 1").getAttribute("aria-checked")).toBe("true");
});

it("adds a row by typing in the last one", async () => {
  render(<Table start={[]} />);
  await userEvent.type(screen.getByLabelText("Header 1 name"), "A");
  expect(screen.getByLabelText("Header 2 name")).toBeTruthy();
  expect(screen.getByLabelText("Delete Header 1")).toBeTruthy();
});
