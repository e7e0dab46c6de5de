import { Checkbox } from "../components/Choice";
import { Field } from "../components/Field";
import { Segmented } from "../components/Segmented";
import { TextArea } from "../components/TextArea";
import { useStore } from "../store";
import { Findings, useWrong } from "./Findings";
import { NumberField } from "./NumberField";
import { RoleList } from "./RoleList";
import { changeInstance, changeNames, changeRedirectUris, choosePlan, serviceInstance } from "./state";
import { GRANTS } from "./words";

function GrantTypes({ grants }: { grants: ReadonlyArray<string> }) {
  const foreign = grants.filter((literal) => GRANTS.every((grant) => grant.literal !== literal));
  const choose = (literal: string, on: boolean) =>
    changeInstance({ grant_types: on ? [...grants, literal] : grants.filter((one) => one !== literal) });
  return (
    <fieldset className="parameter-group">
      <legend className="label">Grant types</legend>
      <div className="parameter-grants">
        {[...GRANTS, ...foreign.map((literal) => ({ literal, label: literal }))].map(({ literal, label }) => (
          <Checkbox
            key={literal}
            label={label}
            checked={grants.includes(literal)}
            onChange={(on) => choose(literal, on)}
          />
        ))}
      </div>
      <Findings of="grant-types" />
    </fieldset>
  );
}

/** Plan, roles and what clients may do. */
export function InstanceFields() {
  const { instance, texts, names } = useStore(serviceInstance, (state) => state);
  const wrongName = useWrong("instance");
  const hasUris = instance.grant_types.includes("authorization_code") || instance.redirect_uris !== null;
  return (
    <section className="form" aria-labelledby="service-instance-head">
      <h3 className="h3" id="service-instance-head">
        Service instance
      </h3>
      <div>
        <div className="row">
          <Segmented
            label="Plan"
            value={instance.plan}
            options={[
              { value: "integration-flow", label: "integration-flow" },
              { value: "api", label: "api" },
            ]}
            onChange={choosePlan}
          />
          <span className="dim small">
            {instance.plan === "api" ? "reads message logs and endpoints" : "calls integration flows"}
          </span>
        </div>
        <Findings of="plan" />
      </div>
      <div>
        <Field
          label="Name of the instance"
          mono
          value={names.instance}
          wrong={wrongName}
          onChange={(event) => changeNames({ instance: event.target.value })}
        />
        <Findings of="instance" besides />
      </div>
      <RoleList key={instance.plan} plan={instance.plan} roles={instance.roles} />
      <GrantTypes grants={instance.grant_types} />
      {hasUris ? (
        <div>
          <TextArea
            label="Redirect URIs, one a line"
            rows={2}
            value={texts.redirectUris}
            onChange={(event) => changeRedirectUris(event.target.value)}
          />
          <Findings of="redirect-uris" />
        </div>
      ) : null}
      <NumberField
        label="Access token validity in seconds"
        parameter="token-validity"
        text="tokenValidity"
        hint={`3600 to 86400; empty leaves it to SAP, ${instance.plan === "api" ? "43200" : "3600"}.`}
      />
    </section>
  );
}
