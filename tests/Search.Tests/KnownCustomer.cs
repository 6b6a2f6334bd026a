using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Finance.V1;

namespace Search.Tests;

/// <summary>What the services, which are other processes, have of one customer, and how they answer.</summary>
internal sealed class KnownCustomer
{
    public Company? Company { get; set; }

    public List<Person> People { get; } = [];

    public List<Deal> Deals { get; } = [];

    public List<Quote> Quotes { get; } = [];

    public List<Invoice> Invoices { get; } = [];

    public List<Email> Emails { get; } = [];

    public List<Activity> Activities { get; } = [];

    /// <summary>Lists that fail, and how.</summary>
    public ConcurrentDictionary<string, StatusCode> Failing { get; } = new();

    /// <summary>Lists that answer only at the deadline that they were given.</summary>
    public ConcurrentDictionary<string, bool> Late { get; } = new();

    /// <summary>What they were asked, by the list.</summary>
    public ConcurrentDictionary<string, IMessage> Asked { get; } = new();

    public async Task<T> AnswerAsync<T>(string list, IMessage request, DateTime? deadline, Func<T> answer)
    {
        Asked[list] = request;
        if (Failing.TryGetValue(list, out var status))
            throw new RpcException(new Status(status, "refused"));
        if (!Late.ContainsKey(list))
            return answer();
        try
        {
            return await new TaskCompletionSource<T>().Task.WaitAsync(deadline!.Value - TimeProvider.System.GetUtcNow().UtcDateTime);
        }
        catch (TimeoutException)
        {
            // As the client does when nothing has come by then.
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "late"));
        }
    }
}
