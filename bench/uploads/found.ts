/** What a server found in a form: it answers with this as JSON. */
export interface Found {
  /** Fields and files. */
  parts: number;
  /** Of the files' contents. */
  bytes: number;
}

/** What a browser posts: one file. */
export const PAGE = `<!doctype html>
<title>Upload</title>
<form method="post" enctype="multipart/form-data"><input type="file" name="file"><button>Send</button></form>`;
