using Platform.Contacts.V1;
using Xunit;

namespace Platform.Tests;

public sealed class SubscriptionFacts(SampleService sample) : IClassFixture<SampleService>
{
    [Fact]
    public async Task The_sidecar_is_told_which_events_of_a_topic_are_wanted_and_keeps_the_others()
    {
        var topics = (await sample.SubscriptionsAsync()).EnumerateArray().ToDictionary(topic => topic.GetProperty("topic").GetString()!);
        Assert.Contains("tenants", topics.Keys);
        Assert.All(topics, topic =>
        {
            Assert.False(topic.Value.TryGetProperty("route", out _));
            Assert.False(topic.Value.GetProperty("routes").TryGetProperty("default", out _));
        });
        var rule = Assert.Single(topics["contacts"].GetProperty("routes").GetProperty("rules").EnumerateArray());
        Assert.Equal($"event.type in [\"{CompanyDeleted.Descriptor.FullName}\"]", rule.GetProperty("match").GetString());
        Assert.Equal("/events/contacts", rule.GetProperty("path").GetString());
    }
}
