using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Platform.Gateway.OpenApi.Reading;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Platform.Gateway.OpenApi.Writing;

/// <summary>Writes the contracts of all domains as one OpenAPI 3.1 document.</summary>
internal sealed class DocumentWriter
{
    private const string Description =
        """
        One API for contacts, deals, invoices, and whatever else a company works with. The same calls exist over gRPC.

        - **Who calls**: `Authorization: Bearer …` with an access token or an API key. The company is that of the token.
        - **Errors** are problems (RFC 9457) with a stable `code`.
        - **Lists** have pages: send `nextPageToken` of one answer as `pageToken` of the next request, until it is empty.
        - **Writes** take `Idempotency-Key` and happen once; `etag` or `If-Match` holds them to the version that was read.
        - **X-Request-Id** of every answer is the trace id: give it to whoever helps you. `RateLimit-Remaining` tells how many requests are left.
        """;

    private readonly SchemaWriter _schemas = new();
    private readonly SortedSet<string> _permissions = new(StringComparer.Ordinal);
    private readonly OperationWriter _operations;
    private readonly OwnRoutes _own;

    private DocumentWriter()
    {
        _operations = new OperationWriter(_schemas, _permissions);
        _own = new OwnRoutes(_schemas, _operations);
    }

    /// <summary>The document that every company has in common.</summary>
    /// <param name="domains">The domains that the gateway leads to.</param>
    /// <param name="realm">Where people sign in.</param>
    public static JsonObject Write(IReadOnlyList<string> domains, Uri realm) => new DocumentWriter().WriteAll(domains, realm);

    private JsonObject WriteAll(IReadOnlyList<string> domains, Uri realm)
    {
        _schemas.Add(ProblemAnswers.Schema, ProblemAnswers.ProblemSchema);
        var (paths, tags, groups) = (new JsonObject(), new JsonArray(), new JsonArray());
        foreach (var domain in domains)
        {
            var names = new JsonArray();
            foreach (var service in Contracts.ServicesOf([domain]).Where(service => AddPaths(paths, service)))
            {
                names.Add(Names.Tag(service));
                tags.Add(new JsonObject { ["name"] = Names.Tag(service), ["x-displayName"] = Names.Title(service), ["description"] = Comments.Of(service) });
            }

            if (names.Count > 0)
                groups.Add(new JsonObject { ["name"] = Names.Sentence(domain), ["tags"] = names });
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Platform API", ["version"] = "v1", ["description"] = Description, ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" } },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = tags,
            ["x-tagGroups"] = groups,
            ["paths"] = paths,
            ["components"] = Components(realm),
        };
    }

    private JsonObject Components(Uri realm) => new()
    {
        ["schemas"] = _schemas.Components,
        ["parameters"] = ParameterWriter.Components,
        ["responses"] = ProblemAnswers.Components,
        ["securitySchemes"] = SecuritySchemes.Components(realm, _permissions),
    };

    private bool AddPaths(JsonObject paths, ServiceDescriptor service)
    {
        var added = false;
        foreach (var (path, verb, operation) in service.Methods.SelectMany(OperationsOf))
        {
            if (paths[path] is not JsonObject item)
                paths[path] = item = [];
            item[verb] = operation;
            added = true;
        }

        return added;
    }

    // A second address of a call is another operation.
    private IEnumerable<(string Path, string Verb, JsonObject Operation)> OperationsOf(MethodDescriptor rpc) => RestRoute.Of(rpc).Select((route, i) =>
    {
        var operation = _operations.Of(route);
        if (i > 0)
            operation["operationId"] = $"{operation["operationId"]}{i + 1}";
        return (route.Path, route.Verb, operation);
    }).Concat(_own.Of(rpc));
}
