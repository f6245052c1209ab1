export { copyEnviron } from './copy-environ.ts';
export {
  type Body,
  type Environ,
  type ErrorStream,
  GATEWAY_APP,
  GATEWAY_VERSION,
  type GatewayApp,
  type GatewaySocket,
  type HeaderField,
  type HeaderList,
  type InputStream,
  type StartResponse,
  type UpgradedConnection,
  type Write,
} from './protocol.ts';
