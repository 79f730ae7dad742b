package io.github.regionrouter.settings;

import java.util.List;

/** Endpoints as they may be written, and as they may not. */
final class Endpoints {

    static final List<String> GOOD = List.of(
            "https://aoai.openai.azure.com",
            "https://aoai.openai.azure.com/",
            "https://aoai.openai.azure.com///",
            "HTTPS://AOAI.OpenAI.Azure.Com",
            "https://a",
            "https://1",
            "https://1a.b2",
            "https://a-b.c-d.",
            "https://gateway.example.com/team/aoai",
            "https://gateway.example.com/a%20b;c=d,(e)*f'g!~_.@:&=+$",
            "https://gateway.example.com/ä",
            "https://aoai.example.com:8443",
            "https://aoai.example.com:1",
            "https://aoai.example.com:65535",
            "https://aoai.example.com:0443",
            "https://aoai.example.com:",
            "https://aoai.example.com:/team",
            "https://10.0.0.4",
            "https://0010.0.0.0004",
            "https://10.0.0.4:8443/team",
            "https://[2001:db8::1]:8443",
            "https://[fe80::1%25eth0]",
            " https://aoai.openai.azure.com\\n",
            "http://localhost:8080",
            "http://LOCALHOST:8080/",
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
            "http://localhost/prefix/");

    static final List<String> BAD = List.of(
            "",
            " ",
            "aoai.openai.azure.com",
            "//aoai.openai.azure.com",
            "https://",
            "https:///path",
            "https:aoai",
            "ftp://aoai.openai.azure.com",
            "file:///etc/passwd",
            "http://aoai.openai.azure.com",
            "http://10.0.0.4",
            "http://localhost.",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://127.0.0.2",
            "http://0.0.0.0",
            "http://[2001:db8::1]",
            "https://user:word@aoai.openai.azure.com",
            "https://user@aoai.openai.azure.com",
            "https://@aoai.openai.azure.com",
            "http://localhost@evil.example.com",
            "https://aoai.openai.azure.com?api-version=1",
            "https://aoai.openai.azure.com?",
            "https://aoai.openai.azure.com/#top",
            "https://aoai.openai.azure.com:0",
            "https://aoai.openai.azure.com:000",
            "https://aoai.openai.azure.com:65536",
            "https://aoai.openai.azure.com:100000",
            "https://aoai.openai.azure.com:-1",
            "https://aoai.openai.azure.com:port",
            "https://ao ai.openai.azure.com",
            "https://-aoai.openai.azure.com",
            "https://aoai-.openai.azure.com",
            "https://aoai..azure.com",
            "https://aoai.openai.azure.1com",
            "https://under_score.example.com",
            "https://aöai.example.com",
            "https://exa\\u0000mple.com",
            "https://1.2.3.4.5",
            "https://[]",
            "https://aoai.openai.azure.com/a b",
            "https://aoai.openai.azure.com/a|b",
            "https://aoai.openai.azure.com/a%2",
            "https://aoai.openai.azure.com/[a]",
            "\\u00a0https://aoai.openai.azure.com");

    /** What a pattern does not tell in a readable way. */
    static final List<String> BAD_FOR_THE_READER_ALONE =
            List.of("https://256.0.0.1", "https://[1]", "https://[::g]", "https://aoai.example.com/a\\u2003b");

    private Endpoints() {}
}
