using Gwctl.Sandbox.Aws;

namespace Gwctl.Sandbox.Tests.Aws;

public sealed class S3Tests
{
    [Fact]
    public async Task An_object_is_put_read_and_deleted()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        (await sandbox.S3("PUT", "/bucket-1/a%20b/c.txt", "hello")).Fails("NoSuchBucket");
        (await sandbox.S3("PUT", "/bucket-1")).Ok();

        (await sandbox.S3("PUT", "/bucket-1/a%20b/c.txt", "hello")).Ok();

        Assert.Equal("hello", (await sandbox.S3("GET", "/bucket-1/a%20b/c.txt")).Ok().Text);
        Assert.Equal(200, (await sandbox.S3("HEAD", "/bucket-1/a%20b/c.txt")).Status);
        (await sandbox.S3("DELETE", "/bucket-1")).Fails("BucketNotEmpty");
        (await sandbox.S3("DELETE", "/bucket-1/a%20b/c.txt")).Ok();
        (await sandbox.S3("GET", "/bucket-1/a%20b/c.txt")).Fails("NoSuchKey");
        Assert.Equal(404, (await sandbox.S3("HEAD", "/bucket-1/a%20b/c.txt")).Status);
        (await sandbox.S3("DELETE", "/bucket-1")).Ok();
        Assert.Equal(404, (await sandbox.S3("HEAD", "/bucket-1")).Status);
    }

    [Theory]
    [InlineData("PUT", "/Bucket", "InvalidBucketName")]
    [InlineData("PUT", "/taken", "BucketAlreadyOwnedByYou")]
    [InlineData("GET", "/taken?list-type=2", "NotImplemented")]
    [InlineData("GET", "/taken/x?versionId=3", "NoSuchVersion")]
    public async Task What_is_not_served_is_refused_by_name(string method, string target, string code)
    {
        await using var sandbox = await SandboxFixture.StartAsync(
            new AwsOptions { Delays = AwsDelays.None, Buckets = ["taken"] });

        (await sandbox.S3(method, target)).Fails(code);
    }

    [Fact]
    public async Task Signatures_and_owners_are_checked()
    {
        await using var sandbox = await SandboxFixture.StartAsync(new AwsOptions
        {
            Delays = AwsDelays.None,
            Buckets = ["mine"],
            Credentials = [new("test", "test"), new("other", "other", "111111111111")],
        });
        sandbox.SecretKey = "wrong";
        (await sandbox.S3("PUT", "/mine/a", "x")).Fails("SignatureDoesNotMatch");
        (sandbox.AccessKey, sandbox.SecretKey) = ("other", "other");
        (await sandbox.S3("PUT", "/mine/a", "x")).Fails("AccessDenied");
        (await sandbox.S3("PUT", "/mine")).Fails("BucketAlreadyExists");
        sandbox.AccessKey = "nobody";
        (await sandbox.S3("PUT", "/mine/a", "x")).Fails("InvalidAccessKeyId");
    }
}
