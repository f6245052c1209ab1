export {
  DebuggedApplication,
  type DebuggedApplicationOptions,
} from './application/debugged-application.ts';
