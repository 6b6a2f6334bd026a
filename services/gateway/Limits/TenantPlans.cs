using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Google.Protobuf;
using Platform.Invocation;

namespace Platform.Gateway.Limits;

/// <summary>What the plans of companies say of requests, asked of the tenants service in the name of whoever calls, once a minute for a company that is busy.</summary>
internal sealed class TenantPlans(HttpClient sidecar, TimeProvider time)
{
    private const int BeforeAsking = 10;
    private static readonly Uri Address = new($"/v1.0/invoke/{DaprNames.Tenants}/method/api/v1/tenants/current/limits", UriKind.Relative);
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, Plan> _plans = new();

    /// <summary>As far as it is known; 0 where the plan says nothing. Nobody waits for the answer.</summary>
    public int RequestsPerMinuteOf(Guid tenant, string bearer)
    {
        var plan = _plans.GetOrAdd(tenant, static _ => new Plan());
        if (Interlocked.Increment(ref plan.Requests) >= BeforeAsking && (plan.ReadAt is not { } readAt || time.GetElapsedTime(readAt) >= Lifetime)
            && bearer.Length > 0 && Interlocked.CompareExchange(ref plan.Asking, 1, 0) == 0)
            _ = AskAsync(plan, bearer);
        return plan.RequestsPerMinute;
    }

    private async Task AskAsync(Plan plan, string bearer)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", bearer) } };
            using var response = await sidecar.SendAsync(request);
            if (response.IsSuccessStatusCode)
                plan.RequestsPerMinute = Json.Parse<Tenants.V1.Limits>(await response.Content.ReadAsStringAsync()).RequestsPerMinute;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or InvalidProtocolBufferException)
        {
            // What was known holds for another minute.
        }
        finally
        {
            plan.ReadAt = time.GetTimestamp();
            Volatile.Write(ref plan.Asking, 0);
        }
    }

    // Fields, because they are changed by many at a time.
    private sealed class Plan
    {
        public int Requests;
        public int Asking;

        public int RequestsPerMinute { get; set; }

        public long? ReadAt { get; set; }
    }
}
