# The program by itself: docker build -t polybius . && docker run --rm -i polybius code --published 2024-10-11 < article.txt
# A record lies outside: docker run --rm -v "$PWD:/news" polybius read articles/ --record news.db
FROM rust:1-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make && rm -rf /var/lib/apt/lists/*
WORKDIR /polybius
COPY . .
RUN cargo build --release --locked -p polybius-cli

FROM debian:stable-slim
COPY --from=build /polybius/target/release/polybius /usr/local/bin/polybius
COPY LICENSE-APACHE LICENSE-MIT NOTICE /usr/share/doc/polybius/
RUN useradd --create-home news
USER news
WORKDIR /news
ENTRYPOINT ["polybius"]
CMD ["--help"]
