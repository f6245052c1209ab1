-- The head that a desktop browser sends when a person opens a page: 15 fields with Host, 0.8 KiB.
wrk.headers["Connection"] = "keep-alive"
wrk.headers["sec-ch-ua"] = '"Not)A;Brand";v="8", "Chromium";v="138", "Google Chrome";v="138"'
wrk.headers["sec-ch-ua-mobile"] = "?0"
wrk.headers["sec-ch-ua-platform"] = '"Linux"'
wrk.headers["Upgrade-Insecure-Requests"] = "1"
wrk.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 "
  .. "(KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36"
wrk.headers["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,"
  .. "image/avif,image/webp,image/apng,*/*;q=0.8"
wrk.headers["Sec-Fetch-Site"] = "same-origin"
wrk.headers["Sec-Fetch-Mode"] = "navigate"
wrk.headers["Sec-Fetch-User"] = "?1"
wrk.headers["Sec-Fetch-Dest"] = "document"
wrk.headers["Accept-Encoding"] = "gzip, deflate, br, zstd"
wrk.headers["Accept-Language"] = "de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7"
wrk.headers["Cookie"] = "theme=dark; session=b2hlIGFueSBzZXNzaW9uLCBvbmx5IGFzIGxvbmc."
  .. "YXMgYSByZWFsIG9uZQ; visits=12"
