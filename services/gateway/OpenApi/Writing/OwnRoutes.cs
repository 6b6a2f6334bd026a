using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Platform.Gateway.OpenApi.Reading;

namespace Platform.Gateway.OpenApi.Writing;

/// <summary>Addresses that are no transcoded call: imports, whose body is a file, and the explanation of access in all domains.</summary>
internal sealed class OwnRoutes(SchemaWriter schemas, OperationWriter operations)
{
    private const string Explain = "platform.contacts.v1.ContactsAccessService.ExplainAccess";

    private readonly ImportRoutes _imports = new(schemas, operations);

    /// <summary>What an RPC has instead of the address in its contract, or beside it.</summary>
    public IEnumerable<(string Path, string Verb, JsonObject Operation)> Of(MethodDescriptor rpc)
    {
        foreach (var import in _imports.Of(rpc))
            yield return import;
        if (rpc.FullName == Explain && RestRoute.Of(rpc).First() is var route)
            yield return ("/api/v1/access:explain", route.Verb, ExplainOf(route));
    }

    private JsonObject ExplainOf(RestRoute route)
    {
        var operation = operations.Of(route);
        operation["operationId"] = "access.explainAccess";
        operation["description"] = "The domain that owns the resource explains. Needs no permission: any member about themselves, tenants.admin about others.";
        return operation;
    }
}
