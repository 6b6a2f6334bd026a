using System.Text.Json.Nodes;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Brokering;

/// <summary>Two identity servers: the platform's, and one of a customer, which is a second process with people of its own.</summary>
public sealed class CustomerServer : IAsyncLifetime
{
    public const string ClientId = "the-platform";
    public const string Secret = "what the customer's server knows the platform by";

    internal IdentityProcess Platform { get; private set; } = null!;

    /// <summary>Where the customer's server tells the platform of its sign-outs.</summary>
    internal string BackChannel => $"{Platform.Issuer}/protocol/openid-connect/logout/backchannel-logout";

    internal IdentityProcess Customer { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Platform = await IdentityProcess.StartAsync(settings: [("Identity__AllowLocalProviders", "true"), ("Identity__SignInsPerMinute", "100000")]);
        Customer = await IdentityProcess.StartAsync(realm => realm["clients"]!.AsArray().Add(new JsonObject
        {
            ["clientId"] = ClientId,
            ["publicClient"] = false,
            ["secret"] = Secret,
            ["redirectUris"] = new JsonArray($"{Platform.Issuer}/broker/*"),
            ["defaultClientScopes"] = new JsonArray("basic", "profile", "email"),
            ["attributes"] = new JsonObject { ["backchannel.logout.url"] = BackChannel },
        }), ("Identity__SignInsPerMinute", "100000"));
    }

    public async ValueTask DisposeAsync()
    {
        await Platform.DisposeAsync();
        await Customer.DisposeAsync();
    }
}
