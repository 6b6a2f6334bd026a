using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Redis;

/// <summary>Redis Insight in a container.</summary>
public class RedisInsightResource(string name) : ContainerResource(name);

/// <summary>Redis Commander in a container.</summary>
public class RedisCommanderResource(string name) : ContainerResource(name);
