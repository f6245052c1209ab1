/** What `werkstatt --help` prints. */
export const HELP = `Usage: werkstatt serve TARGET [options]

Serves an application over HTTP until you press CTRL+C.

TARGET is one of
  hello.ts             a file: its default export, or 'app' or 'application'
  hello:make           module:name, the export 'name' of a file; the extension may be left out
  hello:site.admin     an attribute of an export

An application is a function of environ and startResponse, as Request.application() makes one.
TypeScript runs as it is. A file that calls runSimple() itself is served as it says there;
options given here win.

Options
      --host ADDRESS   where to listen (default: localhost); 0.0.0.0 is every address of this
                       machine, unix:///path a socket file
  -p, --port NUMBER    the port (default: 4000); 0 is any free one
      --debug          answer errors with a page that shows stack and sources; for development
                       only
      --log-format F   a line per request: common (default), combined, json, none, or a format
                       with gunicorn's atoms, such as '%(h)s "%(r)s" %(s)s'
      --cert FILE      serve HTTPS by this certificate, PEM; adhoc is one made for localhost, for
                       development
      --key FILE       its key, PEM, where it doesn't stand in the same file
  -h, --help           print this text
  -v, --version        print the version

Examples
  werkstatt serve hello.ts --debug
  werkstatt serve src/site:application --host 0.0.0.0 --port 8000
  werkstatt serve hello.ts --cert adhoc

CTRL+C lets running requests finish; a second one cuts them. Exit codes: 0 when it was stopped,
1 when something failed, 2 when the command line is wrong.
`;

/** What stands under a usage error. */
export const HELP_HINT = "Try 'werkstatt --help'.";
