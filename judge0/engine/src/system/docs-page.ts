/** What GET /docs shows. */
export const DOCS_PAGE = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Engine: Judge0 CE 1.13.1 API</title></head>
<body>
<h1>Engine</h1>
<p>This engine speaks the HTTP API of Judge0 CE 1.13.1. Public Judge0 clients work unchanged.</p>
<ul>
<li>POST /submissions?wait=&amp;base64_encoded=&amp;fields= &middot; GET /submissions/:token &middot; GET, DELETE /submissions</li>
<li>POST /submissions/batch &middot; GET /submissions/batch?tokens=</li>
<li>GET /languages, /languages/all, /languages/:id, /statuses</li>
<li>GET /config_info, /system_info, /about, /version, /isolate, /license, /statistics, /workers, /metrics</li>
<li>POST /authenticate, /authorize</li>
</ul>
<p>Use base64_encoded=true: outputs may be any bytes.</p>
</body>
</html>
`;
