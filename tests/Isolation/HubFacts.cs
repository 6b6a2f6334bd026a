using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Isolation.Tests.Attacks;
using Isolation.Tests.Contracts;
using Isolation.Tests.Installation;
using Isolation.Tests.Seeding;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Platform.Access;
using Platform.Events;
using Platform.Gateway.Live;
using Platform.Testing;
using Xunit;
using LeadUpdated = Platform.Contacts.V1.LeadUpdated;

namespace Isolation.Tests;

/// <summary>Whatever is called at the hub with what is the other company's is answered as with what nobody has, and nothing of the other is told.</summary>
[Collection(Product.Name)]
public sealed class HubFacts(Product.Attacked product)
{
    private const int IdsOfEach = 3;
    private const string Joined = "\"error\":null";

    private static readonly string[] Cursors = ["0", "1", "9223372036854775807", "-1", "x", ""];

    // Every method that there is: a new one is attacked without a word here.
    private static readonly List<MethodInfo> Methods =
        [.. typeof(LiveHub).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(method => method.GetBaseDefinition() == method && !method.IsSpecialName)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Foreign_rooms_are_as_unknown_ones_and_nothing_is_heard_of_them()
    {
        var (a, b) = (product.Siege.A, product.Siege.B);
        var told = new ConcurrentQueue<string>();
        await using var hub = await ConnectAsync(a.Token, told);
        Assert.True(Methods.Count >= 2, $"Only {Methods.Count} methods were found.");
        var calls = 0;
        foreach (var method in Methods)
        {
            foreach (var (foreign, unknown) in RoomsOf(b))
            {
                var since = new { cursor = Cursors[calls % Cursors.Length], age = calls % 7 * 1e9 };
                var (theirs, nobodys) = (await CallAsync(hub, method, foreign, since), await CallAsync(hub, method, unknown, since));
                Assert.Equal(nobodys, theirs);
                calls++;
            }
        }

        Assert.True(calls >= 50, $"Only {calls} rooms were tried.");

        // A's own rooms, and the lists of everything: what happens to B is not told there.
        foreach (var resource in ResourceCatalogue.All)
            Assert.Contains(Joined, await JoinAsync(hub, resource.Name), StringComparison.Ordinal);
        var lead = await MakeLeadAsync(a);
        Assert.Contains(Joined, await JoinAsync(hub, $"contacts.lead/{lead}"), StringComparison.Ordinal);
        told.Clear();
        await TellAsync(b, b.IdsOf("Lead")[^1]);
        await TellAsync(b, lead);
        await TellAsync(a, lead);
        await Eventually.HoldsAsync(() => told.Any(message => message.Contains($"contacts.lead/{lead}", StringComparison.Ordinal)) && told.Any(message => message.StartsWith("told", StringComparison.Ordinal)));
        Assert.Equal(1, told.Count(message => message.Contains("\"contacts.lead\"", StringComparison.Ordinal)));
        Assert.DoesNotContain(told, message => b.AllIds.Keys.Any(id => message.Contains($"{id}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whoever_is_no_member_is_let_into_no_room()
    {
        foreach (var person in Person.Of(product.Siege.A, product.Siege.B).Where(person => person is { MayNothing: true, Token: not null }))
        {
            var told = new ConcurrentQueue<string>();
            await using var hub = await ConnectAsync(person.Token!, told);
            foreach (var room in ResourceCatalogue.All.Select(resource => resource.Name))
            {
                var answer = await TryJoinAsync(hub, room);
                Assert.True(answer is null || answer.Contains("PERMISSION_DENIED", StringComparison.Ordinal) || answer.Contains("TENANT_NEEDED", StringComparison.Ordinal), $"{person.Name} joins {room}: {answer}");
            }
        }

        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync(null, new ConcurrentQueue<string>()));
    }

    // Each room of the other company, and the same with an id that nobody has.
    private static IEnumerable<(string Foreign, string Unknown)> RoomsOf(Company b)
    {
        string[] kinds = [.. ResourceCatalogue.All.Select(resource => resource.Name), $"{ResourceCatalogue.ObjectPrefix}{b.ObjectKey}", "board", "tenants.access", "communications.notification", "*"];
        var ids = ResourceCatalogue.All.SelectMany(resource => b.IdsOf(resource.Message.Name).TakeLast(IdsOfEach)).Append($"{b.TenantId}").Append($"{b.Administrator}").ToList();
        foreach (var kind in kinds)
        {
            foreach (var id in ids.Where((_, at) => kind == kinds[at % kinds.Length] || at % 3 == 0))
                yield return ($"{kind}/{id}", $"{kind}/{Guid.CreateVersion7()}");
        }

        foreach (var resource in ResourceCatalogue.All)
        {
            foreach (var id in b.IdsOf(resource.Message.Name).TakeLast(IdsOfEach))
                yield return ($"{resource.Name}/{id}", $"{resource.Name}/{Guid.CreateVersion7()}");
        }

        yield return ($"{ResourceCatalogue.ObjectPrefix}{b.ObjectKey}", $"{ResourceCatalogue.ObjectPrefix}nobodys_object");
    }

    private static async Task<string> CallAsync(HubConnection hub, MethodInfo method, string room, object since)
    {
        var arguments = method.GetParameters().Select(parameter => parameter.ParameterType == typeof(string) ? room : since).ToArray();
        var answer = await hub.InvokeCoreAsync<JsonElement?>(method.Name, arguments!, Token);
        return answer?.GetRawText().Replace(room, "", StringComparison.Ordinal) ?? "";
    }

    private static Task<string> JoinAsync(HubConnection hub, string room) => CallAsync(hub, Methods.Single(method => method.Name == "Join"), room, new { });

    // Null where the connection was ended.
    private static async Task<string?> TryJoinAsync(HubConnection hub, string room)
    {
        try
        {
            return await JoinAsync(hub, room);
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException or IOException or System.Net.WebSockets.WebSocketException)
        {
            await Eventually.HoldsAsync(() => hub.State == HubConnectionState.Disconnected);
            return null;
        }
    }

    // Those that the siege made are converted, merged or deleted by now.
    private async Task<string> MakeLeadAsync(Company company)
    {
        var create = Rpc.All.Single(rpc => rpc.FullName == "platform.contacts.v1.LeadsService.CreateLead");
        var answer = await product.Doors.MakeAsync(new Call(create, company.Requests[create.FullName].Fill(create.Method.InputType), Door.ServiceGrpc, company.Token), Token);
        Assert.True(answer.IsOk, answer.Text);
        return Assert.IsType<Platform.Contacts.V1.Lead>(Assert.Single(answer.Messages)).Id;
    }

    private async Task<HubConnection> ConnectAsync(string? token, ConcurrentQueue<string> told)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(product.GatewayRest, "/hubs/live"), connection =>
        {
            (connection.SkipNegotiation, connection.Transports) = (true, HttpTransportType.WebSockets);
            if (token is not null)
                connection.Headers["Authorization"] = $"Bearer {token}";
        }).Build();
        foreach (var message in (string[])["changed", "told", "present", "ended"])
            hub.On<JsonElement>(message, content => told.Enqueue($"{message} {content.GetRawText()}"));
        await hub.StartAsync(Token);
        return hub;
    }

    private Task<string> TellAsync(Company company, string lead) => Broker.DeliverAsync(product.Host("communications"), EventNames.TopicOf(LeadUpdated.Descriptor), $$$"""
        {"specversion":"1.0","id":"{{{Guid.CreateVersion7()}}}","source":"test","type":"{{{LeadUpdated.Descriptor.FullName}}}","tenantid":"{{{company.TenantId}}}",
         "time":"{{{TimeProvider.System.GetUtcNow():O}}}","data":{"lead":{"id":"{{{lead}}}"}} }
        """);
}
