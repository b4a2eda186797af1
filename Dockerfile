# The endpoint for the smart speaker, and nothing else: no microphone, no recogniser, no voices.
#
#   docker build -t common-ground .
#   docker run -p 127.0.0.1:8080:8080 -v common-ground:/var/lib/common-ground --env-file endpoint.env common-ground
#
# Amazon calls it over HTTPS on port 443, so whatever holds your certificate (a reverse proxy, a tunnel) stands in
# front and passes /alexa on to port 8080, body and headers unchanged.
FROM python:3.11-slim

ARG OWNER=10001

ENV COMMON_GROUND_HOME=/var/lib/common-ground \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore \
    PYTHONUNBUFFERED=1

WORKDIR /app

# The part of pyproject.toml's dependencies that the endpoint needs, word for word.
RUN pip install \
    "ask-sdk-core>=1.19,<2" \
    "certifi>=2026" \
    "cryptography>=50,<51" \
    "flask>=3.1,<4" \
    "hassil>=3.12,<4" \
    "platformdirs>=4.14,<5" \
    "pydantic>=2.14,<3" \
    "pydantic-settings>=2.16,<3" \
    "pyyaml>=6,<7" \
    "rich>=15,<16" \
    "sqlite-utils>=4.2,<5" \
    "typer>=0.29,<0.30" \
    "tzdata" \
    "waitress>=3,<4"

COPY pyproject.toml README.md common_ground.py ./
COPY intents/ intents/
COPY storage/ storage/
COPY skill/ skill/
COPY local_voice/ local_voice/

RUN pip install --no-deps .

# The volume takes over the owner and the mode of the folder that it is first mounted on.
RUN install -d -m 0700 -o "$OWNER" -g "$OWNER" "$COMMON_GROUND_HOME"

USER 10001
VOLUME /var/lib/common-ground
EXPOSE 8080
STOPSIGNAL SIGTERM

HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/health', timeout=3)"]

CMD ["common-ground", "serve", "--host", "0.0.0.0", "--port", "8080"]
