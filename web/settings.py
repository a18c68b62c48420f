"""Settings: from the environment, with secrets in a file of mode 600 that is made at first start."""

import hmac
import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    database: str
    """SQLAlchemy address. `HEYI_DATABASE`; default `data/heyi.sqlite3` in the project."""
    secret: str
    """Hex. Signs CSRF tokens, flash messages and login tickets. `HEYI_SECRET`, needed where several hosts serve one database."""
    totp_key_hex: str = ""
    """Hex, 32 bytes. Encrypts the secrets of the second step. `HEYI_TOTP_KEY`; without it a key drawn from `secret`."""
    practice: bool = False
    """`HEYI_PRACTICE=1`: the date taken for today can be set in the page."""
    jobs: bool = True
    """`HEYI_JOBS=0`: this server leaves what runs by itself to another process (`heyi work`)."""
    host: str = "127.0.0.1"
    port: int = 8000
    address: str = ""
    """`HEYI_ADDRESS`: how people reach the installation, such as `https://heyi.example`; begins the links in letters."""
    secure_cookies: bool = False
    """`HEYI_SECURE_COOKIES=1` behind TLS."""
    trusted_proxies: str = "127.0.0.1"
    """`HEYI_TRUSTED_PROXIES`: whose X-Forwarded-For is believed."""
    totp: str = "offered"
    """`HEYI_TOTP`: `offered`, or `required` of everyone who holds an office."""
    smtp: str = ""
    """`HEYI_SMTP_URL`: `smtp://user:password@host:587`, `smtps://…:465`; empty sends no mail."""
    mail_sender: str = ""
    """`HEYI_MAIL_SENDER`: From of the letters, such as `合意 <heyi@union.example>`."""
    robot_hosts: frozenset[str] = frozenset()
    """`HEYI_ROBOT_HOSTS`, parted by commas: where group robots may live beside the public 企业微信 and 钉钉."""
    sponsor: str = ""
    """`HEYI_SPONSOR`: 主办单位 in the foot of every page."""
    icp: str = ""
    """`HEYI_ICP`: 备案号 in the foot of every page."""
    assets: Path = ROOT / "node_modules"

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Raises `ValueError` with a sentence for a value that cannot be read."""
        env = os.environ if environ is None else environ
        data = Path(env.get("HEYI_DATA", ROOT / "data"))
        totp = env.get("HEYI_TOTP", "offered")
        if totp not in ("offered", "required"):
            raise ValueError(f"HEYI_TOTP is “offered” or “required”, not “{totp}”.")
        return cls(
            database=env.get("HEYI_DATABASE", f"sqlite:///{data / 'heyi.sqlite3'}"),
            secret=env.get("HEYI_SECRET") or _stored_secret(data / "secrets.json"),
            totp_key_hex=_key("HEYI_TOTP_KEY", env.get("HEYI_TOTP_KEY", "")),
            practice=_is_on(env, "HEYI_PRACTICE"),
            jobs=_is_on(env, "HEYI_JOBS", default="1"),
            host=env.get("HEYI_HOST", "127.0.0.1"),
            port=_port(env.get("HEYI_PORT", "8000")),
            address=env.get("HEYI_ADDRESS", "").rstrip("/"),
            secure_cookies=_is_on(env, "HEYI_SECURE_COOKIES"),
            trusted_proxies=env.get("HEYI_TRUSTED_PROXIES", "127.0.0.1"),
            totp=totp,
            smtp=_smtp(env.get("HEYI_SMTP_URL", "")),
            mail_sender=_sender(env.get("HEYI_MAIL_SENDER", "")),
            robot_hosts=frozenset(host.strip().lower() for host in env.get("HEYI_ROBOT_HOSTS", "").split(",") if host.strip()),
            sponsor=env.get("HEYI_SPONSOR", ""),
            icp=env.get("HEYI_ICP", ""),
        )

    @property
    def totp_key(self) -> bytes:
        return bytes.fromhex(self.totp_key_hex) or hmac.digest(bytes.fromhex(self.secret), b"key of the second step", "sha256")


def _key(name: str, text: str) -> str:
    if text and not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise ValueError(f"{name} is 64 hexadecimal digits.")
    return text


def verified_at(settings: Settings) -> str:
    """Where a document of this installation is verified; empty where the installation does not know its own address."""
    return f"{settings.address}/verify" if settings.address else ""


def _is_on(env: Mapping[str, str], name: str, default: str = "") -> bool:
    value = (env.get(name) or default).strip().lower()
    if value in ("", "0", "no", "off", "false"):
        return False
    if value in ("1", "yes", "on", "true"):
        return True
    raise ValueError(f"{name} is 1 or 0, not “{value}”.")


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise ValueError(f"HEYI_PORT is a number from 1 to 65535, not “{text}”.")


def _smtp(text: str) -> str:
    found = urlsplit(text)
    if text and (found.scheme not in ("smtp", "smtps") or not found.hostname):
        raise ValueError("HEYI_SMTP_URL is like smtp://user:password@host:587 or smtps://user:password@host:465.")
    return text


def _sender(text: str) -> str:
    if text and not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(text)[1]):
        raise ValueError("HEYI_MAIL_SENDER is like heyi@union.example or 合意 <heyi@union.example>.")
    return text


def _stored_secret(path: Path) -> str:
    """The installation's secret; two processes that start at once agree on the one that was written first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    if not path.exists():
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump({"secret": secrets.token_hex(32)}, file)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    secret = json.loads(path.read_text())["secret"]
    if not isinstance(secret, str) or len(secret) < 64:
        raise ValueError(f"{path} holds no usable secret. Remove the file to make a new one; everyone then signs in again.")
    return secret
