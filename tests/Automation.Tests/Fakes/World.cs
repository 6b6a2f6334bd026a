using System.Collections.Concurrent;
using Grpc.Core;
using Platform.Common.V1;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Errors;
using Platform.Finance.V1;
using Platform.Tenants.V1;

namespace Automation.Tests.Fakes;

/// <summary>What the other services know, and what they were asked to do.</summary>
public sealed class World
{
    private readonly ConcurrentDictionary<string, Queue<RpcException>> _failures = new();

    public ConcurrentDictionary<string, Deal> Deals { get; } = new();

    public ConcurrentDictionary<string, Company> Companies { get; } = new();

    public ConcurrentDictionary<string, Person> People { get; } = new();

    public ConcurrentDictionary<string, Invoice> Invoices { get; } = new();

    public ConcurrentDictionary<string, CreditNote> CreditNotes { get; } = new();

    public ConcurrentDictionary<string, Activity> Timeline { get; } = new();

    public ConcurrentDictionary<string, Email> Emails { get; } = new();

    public ConcurrentDictionary<string, SendEmailRequest> EmailRequests { get; } = new();

    public ConcurrentDictionary<Guid, ProvisionTenantRequest> Tenants { get; } = new();

    public ConcurrentQueue<Call> Calls { get; } = new();

    /// <summary>Is told of e-mails that ended, as subscribers of communications are.</summary>
    public Func<Guid, Email, Task> EmailEnded { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>A won deal with a customer whose e-mails end as the domain says; see <see cref="FakeEmails"/>.</summary>
    public Deal WonDeal(string domain)
    {
        var company = new Company { Id = Id(), Name = $"Nordwind {Id()}", TaxNumber = "DE987654321", Address = new Address { City = "Hamburg", Country = "DE" } };
        var person = new Person { Id = Id(), FirstName = "Lena", LastName = "Hoffmann", Email = domain.Length > 0 ? $"{Id()}@{domain}" : "", Language = "ru", CompanyId = company.Id };
        var deal = new Deal { Id = Id(), Name = "Route planning", Status = DealStatus.Won, CompanyId = company.Id, PersonId = person.Id, Currency = "EUR" };
        deal.LineItems.Add(new LineItem { Description = "Licence", Quantity = "12", UnitPrice = new Money { Currency = "EUR", Amount = "100.07" }, TaxCategory = "S", TaxRate = "19" });
        (Companies[company.Id], People[person.Id], Deals[deal.Id]) = (company, person, deal);
        return deal;
    }

    public Invoice? InvoiceOf(Deal deal) => Invoices.Values.SingleOrDefault(invoice => invoice.SourceId == deal.Id);

    public IReadOnlyList<SendEmailRequest> EmailsOf(Deal deal) =>
        [.. EmailRequests.Values.Where(email => email.To == People[deal.PersonId].Email).OrderBy(email => email.SourceId, StringComparer.Ordinal)];

    /// <summary>Calls of a method about something.</summary>
    public int Count(string method, string id) => Calls.Count(call => call.Method == method && call.Id == id);

    /// <summary>The next calls of a method do not get through.</summary>
    public void Interrupt(string method, int times, StatusCode status = StatusCode.Unavailable) => Fail(method, times, () => new RpcException(new Status(status, "The service is away.")));

    /// <summary>The next calls of a method are refused by the service.</summary>
    public void Refuse(string method, Error error, int times = 1) => Fail(method, times, error.ToRpcException);

    internal static string Id() => Guid.CreateVersion7().ToString();

    /// <summary>Every fake begins with this.</summary>
    internal Guid Enter(ServerCallContext context, string id)
    {
        var method = context.Method[(context.Method.LastIndexOf('/') + 1)..];
        var tenant = Guid.Parse(context.RequestHeaders.GetValue("x-tenant-id")!);
        Calls.Enqueue(new Call(method, id, tenant, context.RequestHeaders.GetValue("authorization")!, context.RequestHeaders.GetValue("x-on-behalf-of") ?? ""));
        if (_failures.TryGetValue(method, out var failures))
        {
            lock (failures)
            {
                if (failures.TryDequeue(out var failure))
                    throw failure;
            }
        }

        return tenant;
    }

    /// <summary>One thing an idempotency key, as everywhere.</summary>
    internal T Create<T>(ServerCallContext context, ConcurrentDictionary<string, T> things, T thing, Action<T, string> identify)
    {
        var key = context.RequestHeaders.GetValue("idempotency-key")!;
        Enter(context, key);
        identify(thing, key);
        return things.GetOrAdd(key, thing);
    }

    internal static RpcException NotFound(string id) => Error.NotFound("thing", id).ToRpcException();

    private void Fail(string method, int times, Func<RpcException> failure)
    {
        var queue = _failures.GetOrAdd(method, _ => new Queue<RpcException>());
        lock (queue)
        {
            for (var i = 0; i < times; i++)
                queue.Enqueue(failure());
        }
    }
}

/// <summary>A call as it arrived.</summary>
public sealed record Call(string Method, string Id, Guid Tenant, string Authorization, string OnBehalfOf);
