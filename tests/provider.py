"""A small OpenID Connect provider, for tests: python -m tests.provider PORT

Discovery, keys, authorization code with PKCE, userinfo. It approves at once whoever POST /be says: {"email", "verified",
"wrong": what is wrong with the id token it gives: "", nonce, audience, issuer, signature, expired, other_key, plain, subject}.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "dawra-tests", "a secret of the tests"


class Provider(BaseHTTPRequestHandler):
    key: ClassVar[rsa.RSAPrivateKey] = rsa.generate_private_key(65537, 2048)
    other: ClassVar[rsa.RSAPrivateKey] = rsa.generate_private_key(65537, 2048)
    being: ClassVar[dict[str, Any]] = {}
    asked: ClassVar[dict[str, dict[str, str]]] = {}

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def do_GET(self) -> None:
        match urlsplit(self.path).path:
            case "/.well-known/openid-configuration":
                places = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
                ends = {f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in places.items()}
                self._say({"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **ends})
            case "/keys":
                public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
                self._say({"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]})
            case "/authorize":
                self._approve({name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()})
            case "/userinfo":
                about = {"sub": self._subject(), "email": self.being["email"], "name": "From Provider"}
                if self.being["wrong"] == "subject":
                    about["sub"] = "somebody else"
                self._say(about | {"email_verified": self.being["verified"]})
            case _:
                self._say({}, 404)

    def do_POST(self) -> None:
        said = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/be":
            type(self).being = json.loads(said)
            self._say({})
            return
        form = {name: values[0] for name, values in parse_qs(said).items()}
        asked = self.asked.pop(form.get("code", ""), None)
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proven = asked and base64.urlsafe_b64encode(proof).decode().rstrip("=") == asked["code_challenge"]
        ours = (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        if not (asked and proven and ours and form["redirect_uri"] == asked["redirect_uri"]):
            self._say({"error": "invalid_grant"}, 400)
            return
        self._say({"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "id_token": self._token(asked)})

    def _approve(self, asked: dict[str, str]) -> None:
        right = asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256" and "openid" in asked["scope"]
        if not right:
            self._say({}, 400)
            return
        code = secrets.token_urlsafe()
        self.asked[code] = asked
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
        self.end_headers()

    def _token(self, asked: dict[str, str]) -> str:
        now, wrong = int(time.time()), self.being["wrong"]
        claims = {
            "iss": "https://evil.example" if wrong == "issuer" else self.issuer,
            "aud": "another client" if wrong == "audience" else CLIENT,
            "nonce": "of another request" if wrong == "nonce" else asked["nonce"],
            "exp": now - 3600 if wrong == "expired" else now + 300,
            "iat": now - 7200 if wrong == "expired" else now,
            "sub": self._subject(),
        }
        if wrong == "plain":
            return jwt.encode(claims, "", algorithm="none")
        key = self.other if wrong == "signature" else self.key
        name = "unheard of" if wrong == "other_key" else "one"
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": name})

    def _subject(self) -> str:
        return hashlib.sha256(self.being["email"].encode()).hexdigest()[:20]

    def _say(self, what: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Provider).serve_forever()
