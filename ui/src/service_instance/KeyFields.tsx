import { TriangleAlert } from "lucide-react";
import { Checkbox, Radio, Radios } from "../components/Choice";
import { Field } from "../components/Field";
import { Icon } from "../components/Icon";
import { TextArea } from "../components/TextArea";
import { useStore } from "../store";
import { Findings, useWrong } from "./Findings";
import { NumberField } from "./NumberField";
import { changeCertificate, changeKey, changeNames, serviceInstance } from "./state";
import { KEY_TYPES } from "./words";

/** The certificate of one's own, and how strictly it is compared. */
function External() {
  const { instance, key, privateKeyDropped } = useStore(serviceInstance, (state) => state);
  const wrong = useWrong("X.509");
  return (
    <>
      <div>
        <TextArea
          label="External certificate as PEM"
          rows={5}
          placeholder="-----BEGIN CERTIFICATE-----"
          value={key.certificate ?? ""}
          // A certificate that is yet to be pasted is no mistake.
          wrong={key.certificate ? wrong : null}
          hint="One certificate, not its chain; the private key stays with you."
          onChange={(event) => changeCertificate(event.target.value)}
          data-testid="external-certificate"
        />
        {privateKeyDropped ? (
          <p className="field-note warn" role="alert">
            <Icon of={TriangleAlert} size={14} />
            <span>There was a private key in the text; it was left out here at once. SAP must not get it.</span>
          </p>
        ) : null}
        <Findings of="X.509" besides={key.certificate !== null} />
      </div>
      {instance.plan === "integration-flow" ? (
        <div>
          <Checkbox
            label="Pin certificate: only this very certificate is accepted, so a renewed one needs a new key"
            checked={key.pin !== false}
            onChange={(on) => changeKey({ pin: on ? null : false })}
          />
          <Findings of="pin" />
        </div>
      ) : null}
    </>
  );
}

/** Kind and parameters of the service key. */
export function KeyFields() {
  const { key, names, texts } = useStore(serviceInstance, (state) => state);
  const wrongName = useWrong("key");
  const isOwn = key.key_type === "external";
  const has = (text: string) => key.key_type === "certificate" || (isOwn && text !== "");
  return (
    <section className="form" aria-labelledby="service-key-head">
      <h3 className="h3" id="service-key-head">
        Service key
      </h3>
      <div>
        <Field
          label="Name of the key"
          mono
          value={names.key}
          wrong={wrongName}
          onChange={(event) => changeNames({ key: event.target.value })}
        />
        <Findings of="key" besides />
      </div>
      <div>
        <span className="label">Key type</span>
        <Radios
          label="Key type"
          value={key.key_type}
          onChange={(key_type) => changeKey({ key_type })}
          className="parameter-types"
        >
          {KEY_TYPES.map(({ value, label, text }) => (
            <Radio
              key={value}
              value={value}
              label={
                <>
                  {label} <span className="dim small">{text}</span>
                </>
              }
            />
          ))}
        </Radios>
        <Findings of="key-type" />
      </div>
      {has(texts.validity) ? (
        <NumberField
          label="Validity in days"
          parameter="validity"
          text="validity"
          hint="1 to 365; empty leaves it to SAP."
        />
      ) : null}
      {has(texts.keyLength) ? (
        <NumberField
          label="Key size in bits"
          parameter="key-length"
          text="keyLength"
          hint="Empty leaves it to SAP, 2048."
        />
      ) : null}
      {isOwn ? <External /> : null}
    </section>
  );
}
