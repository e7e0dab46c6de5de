export {
  backend,
  chooseBackend,
  failureOf,
  type Backend,
  type Input,
  type OperationName,
  type Output,
} from "./backend";
