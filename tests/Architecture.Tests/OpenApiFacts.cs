using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Platform.Access;
using Platform.Gateway.OpenApi;
using Platform.Gateway.OpenApi.Reading;
using Platform.Gateway.Routing;
using Platform.Testing;
using Xunit;

namespace Architecture.Tests;

/// <summary>The public description of the API, and the client that is generated from it, say what the contracts say.</summary>
public sealed class OpenApiFacts
{
    private const string Advice = "Run clients/api/generate.sh and commit what it changes.";
    private static readonly Uri Realm = new("https://identity.example/realms/platform/");
    private static readonly string Client = Path.Combine(Repository.Root, "clients", "api");
    private static readonly JsonObject Document = BuiltInDocument.Write(Realm);

    private static readonly List<RestRoute> Routes = [.. Contracts.ServicesOf(Domains.All).SelectMany(service => service.Methods).SelectMany(RestRoute.Of)];

    public static TheoryData<string> Rpcs => [.. Routes.Select(route => route.Rpc.FullName).Distinct()];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Rpcs))]
    public void The_contract_names_the_permission_that_the_service_asks_for(string rpc)
    {
        var route = Routes.First(candidate => candidate.Rpc.FullName == rpc);
        var implementation = PermissionFacts.ImplementationOf(rpc)!;
        var asked = implementation.GetCustomAttribute<AllowAnonymousAttribute>() is not null ? null
            : implementation.GetCustomAttribute<PermissionAttribute>()?.Permission ?? Comments.AnyMember;
        Assert.True(asked == route.Permission, $"{rpc} asks for '{asked}', and its comment says '{route.Permission}': write \"Permission: {asked}.\" there.");
        // An answer with a secret is kept for nobody.
        Assert.Equal(implementation.GetCustomAttribute<Platform.Idempotency.SecretReplyAttribute>() is not null, Comments.RefusesIdempotencyKey(route.Rpc));
    }

    [Fact]
    public void Every_route_is_in_the_document_once()
    {
        Assert.True(Routes.Count > 100, $"Only {Routes.Count} routes were found.");
        Assert.All(Routes, route => Assert.NotNull(Document["paths"]![route.Path]?[route.Verb]));
        var ids = Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!["operationId"]!.GetValue<string>()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task The_document_in_the_repository_is_that_of_the_contracts()
    {
        var file = Path.Combine(Client, "openapi.json");
        var document = BuiltInDocument.Readable(Document);
        if (Environment.GetEnvironmentVariable("WRITE_OPENAPI") is not null)
            await File.WriteAllTextAsync(file, document, Token);
        Assert.True(File.Exists(file) && await File.ReadAllTextAsync(file, Token) == document, $"{Repository.Relative(file)} is not what the contracts say. {Advice}");
    }

    [Fact]
    public async Task The_types_of_the_client_are_those_of_the_document()
    {
        var (code, output) = await NodePackage.RunAsync(Client, [], "npm", "run", "--silent", "types:check");
        Assert.True(code == 0, $"clients/api/src/schema.ts is not what openapi-typescript makes of the document. {Advice}\n{output}");
    }

    [Fact]
    public async Task The_document_is_valid_OpenAPI()
    {
        var (code, output) = await NodePackage.RunAsync(Client, [], "node", "scripts/validate.mjs", "openapi.json");
        Assert.True(code == 0, output);
    }
}
