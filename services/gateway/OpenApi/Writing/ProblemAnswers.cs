using System.Text.Json.Nodes;

namespace Platform.Gateway.OpenApi.Writing;

/// <summary>The refusals that calls share: RFC 9457 problems with a stable code.</summary>
internal static class ProblemAnswers
{
    /// <summary>Name of the schema of all of them.</summary>
    public const string Schema = "Problem";

    private const string Limited = "Retry-After";

    private static readonly (string Status, string Name, string Text)[] All =
    [
        ("400", "InvalidArgument", "The request does not fit (`INVALID_ARGUMENT`, with the wrong fields in `errors`; `INVALID_FILTER`, `MALFORMED_JSON`), or the state of the resource does not allow it."),
        ("401", "Unauthenticated", "The token, key or session is missing, expired or not for this platform (`UNAUTHENTICATED`, `SESSION_EXPIRED`)."),
        ("403", "PermissionDenied", "The caller lacks the permission (`PERMISSION_DENIED`), or the company is suspended (`TENANT_SUSPENDED`)."),
        ("404", "NotFound", "There is no such resource, or it is another company's: nobody can tell which (`NOT_FOUND`)."),
        ("409", "Conflict", "Something with this key is there already (`ALREADY_EXISTS` and codes of its kind), or a call with the same Idempotency-Key is still running (`IDEMPOTENCY_KEY_IN_USE`)."),
        ("412", "StaleEtag", "The resource was changed since it was read (`STALE_ETAG`): read it again and repeat the change."),
        ("413", "BodyTooLarge", "The body is larger than this route takes (`BODY_TOO_LARGE`)."),
        ("415", "UnsupportedMediaType", "The body has a media type that this route does not take (`UNSUPPORTED_MEDIA_TYPE`)."),
        ("422", "IdempotencyKeyReused", "The Idempotency-Key was used for another request (`IDEMPOTENCY_KEY_REUSED`)."),
        ("429", "TooManyRequests", "Wait for the seconds of Retry-After (`RATE_LIMITED`, `TENANT_RATE_LIMITED`), or the company has as much as it may have (`ROW_LIMIT`, `STORAGE_LIMIT` and the like)."),
        ("503", "Unavailable", "A part of the platform cannot be reached right now: try again in a moment (`UNAVAILABLE`)."),
        ("default", "Problem", "Any other refusal."),
    ];

    /// <summary>The responses under <c>components</c>.</summary>
    public static JsonObject Components => new(All.Select(answer => KeyValuePair.Create(answer.Name, (JsonNode?)Component(answer.Status, answer.Text))));

    /// <summary>Adds references to these, and to the one for whatever else may happen.</summary>
    public static void AddTo(JsonObject responses, IEnumerable<int> statuses)
    {
        var wanted = statuses.Select(status => $"{status}").Append("default").ToHashSet(StringComparer.Ordinal);
        foreach (var (status, name, _) in All.Where(answer => wanted.Contains(answer.Status)))
            responses[status] = new JsonObject { ["$ref"] = $"#/components/responses/{name}" };
    }

    /// <summary>What every problem has.</summary>
    public static JsonObject ProblemSchema => new()
    {
        ["type"] = "object",
        ["description"] = "A problem after RFC 9457.",
        ["properties"] = new JsonObject
        {
            ["type"] = Text("A URN with the code: urn:platform:error:not-found."),
            ["title"] = Text("The name of the status."),
            ["status"] = new JsonObject { ["type"] = "integer", ["format"] = "int32", ["description"] = "The status of HTTP." },
            ["detail"] = Text("A sentence for people that says what to do."),
            ["instance"] = Text("The path of the request."),
            ["code"] = Text("Stable, in upper case: what programs look at. The same over gRPC, in ErrorInfo.reason."),
            ["errors"] = new JsonObject
            {
                ["type"] = "array",
                ["description"] = "Which fields of the request are wrong; absent where the request as a whole is refused.",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { ["field"] = Text("Path in the request: deal.lineItems[1].quantity."), ["message"] = Text("What is wrong and what to do.") },
                    ["required"] = new JsonArray("field", "message"),
                },
            },
        },
        ["required"] = new JsonArray("type", "title", "status", "detail", "instance", "code"),
    };

    private static JsonObject Component(string status, string text)
    {
        var component = new JsonObject
        {
            ["description"] = text,
            ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{Schema}" } } },
        };
        if (status is "429" or "503")
            component["headers"] = new JsonObject { [Limited] = new JsonObject { ["description"] = "Seconds.", ["schema"] = new JsonObject { ["type"] = "integer" } } };
        return component;
    }

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };
}
