import {
  ContentSecurityPolicy,
  InvalidHeaderError,
  StrictTransportSecurity,
} from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { Response } from './response.ts';

describe('the security policy of content', () => {
  it('is changed by its directives', () => {
    const response = new Response();
    response.contentSecurityPolicy.defaultSrc = "'self'";
    response.contentSecurityPolicy.imgSrc = '*';
    expect(response.headers.get('Content-Security-Policy')).toBe("default-src 'self'; img-src *");
    response.contentSecurityPolicy.clear();
    expect(response.headers.has('Content-Security-Policy')).toBe(false);
  });

  it('can be text or an object', () => {
    const response = new Response();
    response.contentSecurityPolicyReportOnly = 'default-src x; report-uri /r';
    expect(response.contentSecurityPolicyReportOnly.reportUri).toBe('/r');
    response.contentSecurityPolicy = new ContentSecurityPolicy([['img-src', '*']]);
    expect(response.contentSecurityPolicy.imgSrc).toBe('*');
  });

  it('leaves a second policy alone, which browsers keep to as well', () => {
    const name = 'Content-Security-Policy';
    const response = new Response(null, {
      headers: { [name]: ['img-src a', "script-src 'none'"] },
    });
    response.contentSecurityPolicy.imgSrc = 'b';
    expect(response.headers.getlist(name)).toEqual(['img-src b', "script-src 'none'"]);
    response.contentSecurityPolicy.clear();
    expect(response.headers.getlist(name)).toEqual(["script-src 'none'"]);
  });

  it('takes no directive that begins another', () => {
    const response = new Response();
    expect(() => (response.contentSecurityPolicy.imgSrc = 'a; script-src *')).toThrow(
      InvalidHeaderError,
    );
    expect(response.headers.has('Content-Security-Policy')).toBe(false);
  });
});

describe('answers to requests of other origins', () => {
  it('have a property each', () => {
    const response = new Response();
    expect(response.accessControlAllowCredentials).toBe(false);
    expect(response.accessControlAllowOrigin).toBeUndefined();
    expect(response.accessControlMaxAge).toBeUndefined();
    response.accessControlAllowCredentials = true;
    response.accessControlAllowOrigin = 'https://a.example';
    response.accessControlMaxAge = 600;
    response.accessControlAllowMethods = ['GET', 'PUT'];
    response.accessControlAllowHeaders.add('X-A');
    response.accessControlExposeHeaders.add('X-B');
    expect(response.accessControlAllowCredentials).toBe(true);
    expect(response.accessControlMaxAge).toBe(600);
    expect([...response.accessControlAllowMethods]).toEqual(['GET', 'PUT']);
    expect(response.headers.get('Access-Control-Allow-Headers')).toBe('X-A');
    expect(response.headers.get('Access-Control-Expose-Headers')).toBe('X-B');
    response.accessControlAllowCredentials = false;
    expect(response.headers.has('Access-Control-Allow-Credentials')).toBe(false);
  });

  it('allow credentials by one word alone, as browsers have it', () => {
    const response = new Response();
    response.headers.set('Access-Control-Allow-Credentials', 'false');
    expect(response.accessControlAllowCredentials).toBe(false);
  });
});

describe('policies of a page', () => {
  it('are those of browsers as long as nothing is said', () => {
    const response = new Response();
    expect(response.crossOriginEmbedderPolicy).toBe('unsafe-none');
    expect(response.crossOriginOpenerPolicy).toBe('unsafe-none');
    expect(response.crossOriginResourcePolicy).toBeUndefined();
    expect(response.strictTransportSecurity).toBeUndefined();
  });

  it('keep it apart from other origins', () => {
    const response = new Response();
    response.crossOriginEmbedderPolicy = 'require-corp';
    response.crossOriginOpenerPolicy = 'same-origin';
    response.crossOriginResourcePolicy = 'same-site';
    expect(response.crossOriginEmbedderPolicy).toBe('require-corp');
    expect(response.crossOriginOpenerPolicy).toBe('same-origin');
    expect(response.crossOriginResourcePolicy).toBe('same-site');
    response.crossOriginOpenerPolicy = null;
    expect(response.headers.has('Cross-Origin-Opener-Policy')).toBe(false);
  });

  it('are live', () => {
    const response = new Response();
    response.permissionsPolicy.set('camera', []);
    response.clearSiteData.add('cookies');
    response.strictTransportSecurity = new StrictTransportSecurity({ maxAge: 60 });
    response.strictTransportSecurity!.includeSubDomains = true;
    expect(response.headers.get('Permissions-Policy')).toBe('camera=()');
    expect(response.headers.get('Clear-Site-Data')).toBe('"cookies"');
    expect(response.headers.get('Strict-Transport-Security')).toBe('max-age=60; includeSubDomains');
  });
});
