import { Plus, Search } from "lucide-react";
import { memo, useId, useState, type KeyboardEvent } from "react";
import type { Plan } from "../bindings/Plan";
import { Button } from "../components/Button";
import { Checkbox } from "../components/Choice";
import { Field } from "../components/Field";
import { rolesOf, usualRoles, type Role } from "./roles";
import { changeInstance } from "./state";
import { Findings } from "./Findings";

/** From how many roles on they are searched. */
const MANY = 8;

function OwnRole({ roles }: { roles: ReadonlyArray<string> }) {
  const [name, setName] = useState("");
  const own = name.trim();
  const add = () => {
    if (own === "") return;
    if (!roles.includes(own)) changeInstance({ roles: [...roles, own] });
    setName("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    add();
  };
  return (
    <div className="row bottom">
      <Field
        className="grow"
        label="Own role"
        mono
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button icon={Plus} disabled={own === ""} onClick={add}>
        Add role
      </Button>
    </div>
  );
}

export interface RoleListProps {
  plan: Plan;
  roles: ReadonlyArray<string>;
}

/** The roles of the plan to choose from, and those of one's own. Many, so not drawn anew for each key typed elsewhere. */
export const RoleList = memo(function RoleList({ plan, roles }: RoleListProps) {
  const id = useId();
  const [filter, setFilter] = useState("");
  const known = rolesOf(plan);
  const own: Role[] = roles
    .filter((name) => known.every((role) => role.name !== name))
    .map((name) => ({ name, text: "not in SAP's list of this plan" }));
  const wanted = filter.trim().toLowerCase();
  const all = [...own, ...known];
  const shown = all.filter(({ name, text }) => `${name} ${text}`.toLowerCase().includes(wanted));
  const choose = (name: string, on: boolean) =>
    changeInstance({ roles: on ? [...roles, name] : roles.filter((one) => one !== name) });
  return (
    <div className="parameter-group" role="group" aria-labelledby={id}>
      <div className="row parameter-head">
        <span className="label" id={id}>
          Roles
        </span>
        <span className="dim small">{roles.length} chosen</span>
        <Button variant="link" onClick={() => changeInstance({ roles: usualRoles(plan) })}>
          Choose the usual ones
        </Button>
      </div>
      {all.length > MANY ? (
        <Field
          label="Filter roles"
          hideLabel
          placeholder="Filter roles"
          icon={Search}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      ) : null}
      <ul className="parameter-roles" aria-label="Roles to choose from">
        {shown.map(({ name, text }) => (
          <li key={name}>
            <Checkbox
              checked={roles.includes(name)}
              onChange={(on) => choose(name, on)}
              label={
                <>
                  <span className="mono-s">{name}</span> <span className="dim small">{text}</span>
                </>
              }
            />
          </li>
        ))}
        {shown.length === 0 ? <li className="dim">No role matches “{filter}”.</li> : null}
      </ul>
      <OwnRole roles={roles} />
      <Findings of="roles" />
    </div>
  );
});
