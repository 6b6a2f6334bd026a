using Google.Protobuf;
using Isolation.Tests.Contracts;
using Isolation.Tests.Installation;
using Isolation.Tests.Oracle;
using Isolation.Tests.Seeding;
using Platform.Events;
using Platform.Tenants.V1;

namespace Isolation.Tests.Attacks;

/// <summary>Every event that there is, to every service, as if A had published it about what is B's.</summary>
internal sealed class EventAttack(PlatformInstallation installation, Company a, Company b, Secrets secrets, Tally tally)
{
    private const int Variants = 3;

    public async Task RunAsync(int seed)
    {
        // What tells that A is gone takes its people's rights with it, and those who come after this attack on the product need them.
        foreach (var type in Rpc.Events.Where(type => installation.Walls != Walls.Both || type.Name != nameof(TenantPurged)))
        {
            for (var variant = 0; variant < Variants; variant++)
            {
                var message = new Filler(a, null).Fill(type);
                var mutation = new Mutation(a, b, secrets, new Random(seed++));
                foreach (var leaf in Leaf.Of(message).Where(leaf => leaf.IsId).ToList())
                    mutation.ReplaceId(leaf, null);
                foreach (var host in installation.Hosts)
                {
                    var status = await Broker.DeliverAsync(host, EventNames.TopicOf(type), Envelope(message));
                    tally.Count(tally.Deliveries, $"{host.AppId} {type.Name} {status}");
                    if (installation.Broker.TakesBulks(host))
                        tally.Count(tally.Deliveries, $"{host.AppId} {type.Name} in bulk {await Broker.DeliverInBulkAsync(host, EventNames.TopicOf(type), Envelope(message))}");
                }
            }
        }
    }

    private string Envelope(IMessage message) => $$"""
        {"specversion":"1.0","id":"{{Guid.CreateVersion7()}}","source":"attack","type":"{{message.Descriptor.FullName}}","tenantid":"{{a.TenantId}}","tenant":"{{b.TenantId}}",
         "time":"{{TimeProvider.System.GetUtcNow():O}}","data":{{JsonFormatter.Default.Format(message)}}}
        """;
}
