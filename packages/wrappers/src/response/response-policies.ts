import {
  ClearSiteData,
  type COEP,
  type COOP,
  type CORP,
  ContentSecurityPolicy,
  HeaderSet,
  PermissionsPolicy,
  parseCoep,
  parseCoop,
  parseCorp,
  StrictTransportSecurity,
} from '@werkstatt/core';
import { getSeconds, setField, setSeconds } from './field-values.ts';
import { type HeaderListText, type HeaderText, LiveHeader } from './live-header.ts';
import { ResponseFields } from './response-fields.ts';

const ALLOW_HEADERS = headerSet('Access-Control-Allow-Headers');
const ALLOW_METHODS = headerSet('Access-Control-Allow-Methods');
const EXPOSE_HEADERS = headerSet('Access-Control-Expose-Headers');
const CLEAR_SITE_DATA = new LiveHeader('Clear-Site-Data', (text, onUpdate) =>
  ClearSiteData.fromHeader(text, onUpdate),
);
const CONTENT_SECURITY_POLICY = securityPolicy('Content-Security-Policy');
const REPORT_ONLY = securityPolicy('Content-Security-Policy-Report-Only');
const PERMISSIONS_POLICY = new LiveHeader('Permissions-Policy', (text, onUpdate) =>
  PermissionsPolicy.fromHeader(text, onUpdate),
);
const TRANSPORT_SECURITY = new LiveHeader(
  'Strict-Transport-Security',
  (text, onUpdate) => StrictTransportSecurity.fromHeader(text, onUpdate) ?? undefined,
  { single: true },
);

/**
 * The header fields that tell browsers what pages, and whose pages, may do: policies of the content,
 * and the answers to cross-origin requests (CORS, Fetch Standard). They are as those of
 * `ResponseFields`.
 */
export abstract class ResponsePolicies extends ResponseFields {
  /** `Access-Control-Allow-Credentials`: whether requests may carry cookies and the like. */
  get accessControlAllowCredentials(): boolean {
    return this.headers.get('Access-Control-Allow-Credentials') === 'true';
  }
  set accessControlAllowCredentials(value: boolean | null | undefined) {
    setField(this.headers, 'Access-Control-Allow-Credentials', value ? 'true' : null);
  }

  /** `Access-Control-Allow-Headers`: the headers that requests may have. */
  get accessControlAllowHeaders(): HeaderSet {
    return ALLOW_HEADERS.get(this.headers);
  }
  set accessControlAllowHeaders(value: HeaderListText) {
    ALLOW_HEADERS.set(this.headers, value);
  }

  /** `Access-Control-Allow-Methods`: the methods that requests may have. */
  get accessControlAllowMethods(): HeaderSet {
    return ALLOW_METHODS.get(this.headers);
  }
  set accessControlAllowMethods(value: HeaderListText) {
    ALLOW_METHODS.set(this.headers, value);
  }

  /** `Access-Control-Allow-Origin`: whose pages may read the response; `*` is everyone's. */
  get accessControlAllowOrigin(): string | undefined {
    return this.headers.get('Access-Control-Allow-Origin');
  }
  set accessControlAllowOrigin(value: string | null | undefined) {
    setField(this.headers, 'Access-Control-Allow-Origin', value);
  }

  /** `Access-Control-Expose-Headers`: the fields that scripts may read of the response. */
  get accessControlExposeHeaders(): HeaderSet {
    return EXPOSE_HEADERS.get(this.headers);
  }
  set accessControlExposeHeaders(value: HeaderListText) {
    EXPOSE_HEADERS.set(this.headers, value);
  }

  /** `Access-Control-Max-Age`: for how many seconds browsers may remember all this. */
  get accessControlMaxAge(): number | undefined {
    return getSeconds(this.headers, 'Access-Control-Max-Age');
  }
  set accessControlMaxAge(seconds: number | null | undefined) {
    setSeconds(this.headers, 'Access-Control-Max-Age', seconds);
  }

  /** `Clear-Site-Data`: what browsers shall forget of the site. */
  get clearSiteData(): ClearSiteData {
    return CLEAR_SITE_DATA.get(this.headers);
  }
  set clearSiteData(value: HeaderText) {
    CLEAR_SITE_DATA.set(this.headers, value);
  }

  /**
   * `Content-Security-Policy`: what the page may load and run. Where there are several fields, each
   * of which browsers keep to, it is the first; setting it replaces them all.
   */
  get contentSecurityPolicy(): ContentSecurityPolicy {
    return CONTENT_SECURITY_POLICY.get(this.headers);
  }
  set contentSecurityPolicy(value: HeaderText) {
    CONTENT_SECURITY_POLICY.set(this.headers, value);
  }

  /** `Content-Security-Policy-Report-Only`: the same, where breaking it is reported and no more. */
  get contentSecurityPolicyReportOnly(): ContentSecurityPolicy {
    return REPORT_ONLY.get(this.headers);
  }
  set contentSecurityPolicyReportOnly(value: HeaderText) {
    REPORT_ONLY.set(this.headers, value);
  }

  /** `Cross-Origin-Embedder-Policy`: what the page may embed; `unsafe-none` without the field. */
  get crossOriginEmbedderPolicy(): COEP {
    return parseCoep(this.headers.get('Cross-Origin-Embedder-Policy'));
  }
  set crossOriginEmbedderPolicy(value: COEP | null | undefined) {
    setField(this.headers, 'Cross-Origin-Embedder-Policy', value);
  }

  /** `Cross-Origin-Opener-Policy`: whom the page shares a group with; `unsafe-none` without. */
  get crossOriginOpenerPolicy(): COOP {
    return parseCoop(this.headers.get('Cross-Origin-Opener-Policy'));
  }
  set crossOriginOpenerPolicy(value: COOP | null | undefined) {
    setField(this.headers, 'Cross-Origin-Opener-Policy', value);
  }

  /** `Cross-Origin-Resource-Policy`: whose pages may embed the content. */
  get crossOriginResourcePolicy(): CORP | undefined {
    return parseCorp(this.headers.get('Cross-Origin-Resource-Policy')) ?? undefined;
  }
  set crossOriginResourcePolicy(value: CORP | null | undefined) {
    setField(this.headers, 'Cross-Origin-Resource-Policy', value);
  }

  /** `Permissions-Policy`: the features of the browser that the page may use. */
  get permissionsPolicy(): PermissionsPolicy {
    return PERMISSIONS_POLICY.get(this.headers);
  }
  set permissionsPolicy(value: HeaderText) {
    PERMISSIONS_POLICY.set(this.headers, value);
  }

  /** `Strict-Transport-Security`: that browsers shall use HTTPS alone from now on. */
  get strictTransportSecurity(): StrictTransportSecurity | undefined {
    return TRANSPORT_SECURITY.get(this.headers);
  }
  set strictTransportSecurity(value: HeaderText) {
    TRANSPORT_SECURITY.set(this.headers, value);
  }
}

function headerSet(name: string): LiveHeader<HeaderSet> {
  return new LiveHeader(name, (text, onUpdate) => HeaderSet.fromHeader(text, onUpdate));
}

function securityPolicy(name: string): LiveHeader<ContentSecurityPolicy> {
  return new LiveHeader(
    name,
    (text, onUpdate) => ContentSecurityPolicy.fromHeader(text, onUpdate),
    { single: true },
  );
}
