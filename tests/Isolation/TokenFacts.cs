using System.Net;
using System.Net.Sockets;
using Isolation.Tests.Attacks;
using Isolation.Tests.Contracts;
using Platform.Testing;
using Xunit;

namespace Isolation.Tests;

/// <summary>Every service checks the token itself, as if there were no gateway before it.</summary>
[Collection(Product.Name)]
public sealed class TokenFacts(Product.Attacked product)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_service_takes_a_forged_token()
    {
        using var lure = new TcpListener(IPAddress.Loopback, 0);
        lure.Start();
        var (a, b) = (product.Siege.A, product.Siege.B);
        var forged = ForgedTokens.All(a.TenantId, a.Administrator, b.TenantId, new Uri($"http://{lure.LocalEndpoint}/keys"));
        // A list of everything, or a search, which is there whatever else was done; not one that belongs to a record.
        var services = Rpc.All.Where(rpc => rpc.Verb is "List" or "Search" && rpc.Routes.Count > 0 && rpc.Method.InputType.FindFieldByName("page_size") is not null && rpc.Method.InputType.FindFieldByName("id") is null)
            .OrderBy(rpc => rpc.Verb, StringComparer.Ordinal).GroupBy(rpc => rpc.AppId).Select(service => service.First()).ToList();
        Assert.Equal(product.Hosts.Select(host => host.AppId).Order(StringComparer.Ordinal), services.Select(rpc => rpc.AppId).Order(StringComparer.Ordinal));
        foreach (var rpc in services)
        {
            foreach (var door in Doors.Of(rpc))
            {
                var call = new Call(rpc, a.Requests[rpc.FullName].Fill(rpc.Method.InputType), door, a.Token);
                var own = await product.Doors.MakeAsync(call, Token);
                // An object that a company had may be gone, whoever asks.
                Assert.True(own.IsOk || own.Code == "NOT_FOUND", $"The token itself is not taken at {call}: {own.Code} {own.Text}");
                foreach (var token in forged)
                {
                    var answer = await product.Doors.MakeAsync(call with { Token = token.Token }, Token);
                    Assert.True(answer.Code == "UNAUTHENTICATED", $"A token {token.Name} was not stopped by '{token.StoppedBy}' at {rpc} ({door}): {answer.Code} {answer.Text}");
                }
            }
        }

        Assert.False(lure.Pending(), "A service fetched an address that a token named.");
    }
}
