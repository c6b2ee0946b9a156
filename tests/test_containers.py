"""Containers: no root, nothing to write but what must be, and one word for one port in all the files."""

import re
import tomllib

import kubernetes_validate
import pytest
import yaml
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.conftest import PROJECT_ROOT
from tests.sample_exhibition import replace_once
from tour.images import derivatives
from tour.web.app import routes

DEPLOY = PROJECT_ROOT / "deploy"
HEALTH = "/_stcore/health"
NEEDS_CONTENT = "/sitemap.xml"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
USER, PORT, FOLDER = (
    re.search(rf"^{word} (\S+)$", DOCKERFILE, re.MULTILINE)[1] for word in ("USER", "EXPOSE", "WORKDIR")
)
IMAGE = re.search(r"docker build .*-t (\w+)", DOCKERFILE)[1]
WRITTEN = {f"{FOLDER}/media/{derivatives.FOLDER}", "/tmp"}

COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
MANIFESTS = {
    manifest["kind"]: manifest
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    for manifest in yaml.safe_load_all(path.read_text("utf-8"))
}
POD = MANIFESTS["Deployment"]["spec"]["template"]["spec"]
SITE = POD["containers"][0]
each_service = pytest.mark.parametrize("service", COMPOSE["services"].values(), ids=COMPOSE["services"])
each_container = pytest.mark.parametrize(
    "container", [*POD["initContainers"], *POD["containers"]], ids=lambda container: container["name"]
)


@pytest.mark.parametrize("manifest", MANIFESTS.values(), ids=MANIFESTS)
def test_a_manifest_conforms_to_the_schema_of_kubernetes(manifest):
    kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)


def test_a_field_that_kubernetes_does_not_have_is_an_error():
    misspelt = {**MANIFESTS["Service"], "spec": {**MANIFESTS["Service"]["spec"], "port": []}}

    with pytest.raises(kubernetes_validate.ValidationError, match="'port' was unexpected"):
        kubernetes_validate.validate(misspelt, kubernetes_validate.latest_version(), strict=True)


@each_service
def test_a_service_has_no_root_no_rights_and_writes_to_what_is_named(service):
    assert int(service["user"]) > 0
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["tmpfs"] == ["/tmp"]


@each_container
def test_a_container_has_no_root_no_rights_and_writes_to_what_is_named(container):
    rights = container["securityContext"]

    assert rights["readOnlyRootFilesystem"] is True
    assert rights["allowPrivilegeEscalation"] is False
    assert rights["capabilities"] == {"drop": ["ALL"]}
    assert container["resources"]["limits"]["memory"]
    assert POD["securityContext"]["runAsNonRoot"] is True
    assert POD["automountServiceAccountToken"] is False


def test_what_the_site_writes_can_be_written():
    mounted = {volume.split(":")[1] for volume in COMPOSE["services"]["site"]["volumes"]}

    assert mounted | set(COMPOSE["services"]["site"]["tmpfs"]) == WRITTEN
    assert {mount["mountPath"] for mount in SITE["volumeMounts"]} == WRITTEN
    assert {volume["name"] for volume in POD["volumes"] if "emptyDir" in volume} >= {
        mount["name"] for container in (*POD["initContainers"], SITE) for mount in container["volumeMounts"]
    }
    assert "HOME=/tmp" in DOCKERFILE
    assert {"name": "HOME", "value": "/tmp"} in SITE["env"]


def test_the_user_is_the_images():
    assert COMPOSE["services"]["site"]["user"] == USER
    assert {POD["securityContext"][name] for name in ("runAsUser", "runAsGroup", "fsGroup")} == {int(USER)}


@each_container
def test_the_image_is_that_of_the_dockerfile_in_this_version(container):
    version = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]

    assert container["image"].rpartition("/")[2] == f"{IMAGE}:{version}"
    assert COMPOSE["services"]["site"]["image"] == IMAGE


def test_a_process_is_ready_when_it_has_valid_content_and_is_not_ended_for_being_slow():
    for probe in ("startupProbe", "readinessProbe"):
        assert SITE[probe]["httpGet"] == {"path": NEEDS_CONTENT, "port": "http"}
    assert "httpGet" not in SITE["livenessProbe"]
    assert SITE["livenessProbe"]["tcpSocket"] == {"port": "http"}
    assert SITE["livenessProbe"]["periodSeconds"] * SITE["livenessProbe"]["failureThreshold"] >= 120
    assert SITE["ports"] == [{"name": "http", "containerPort": int(PORT)}]
    assert f"http://127.0.0.1:{PORT}{NEEDS_CONTENT}" in COMPOSE["services"]["site"]["healthcheck"]["test"][-1]
    assert COMPOSE["services"]["proxy"]["healthcheck"]["test"][-1].endswith(HEALTH)


def test_what_the_probes_request_is_not_there_without_valid_content(folders, monkeypatch):
    monkeypatch.setenv("TOUR_DATA", str(folders[0]))
    monkeypatch.setenv("TOUR_MEDIA", str(folders[1]))
    replace_once(folders[0], "exhibition.toml", "[[cities]]", "[[towns]]")

    assert TestClient(Starlette(routes=routes())).get(NEEDS_CONTENT).status_code == 503


def test_containers_behind_a_proxy_know_it():
    (network,) = COMPOSE["networks"]["default"]["ipam"]["config"]

    assert COMPOSE["services"]["site"]["environment"]["FORWARDED_ALLOW_IPS"] == network["subnet"]
    assert [each["value"] for each in SITE["env"] if each["name"] == "FORWARDED_ALLOW_IPS"]
    assert re.search(
        r"docker run [^`]* FORWARDED_ALLOW_IPS=\S+ ", (PROJECT_ROOT / "docs/hosting.md").read_text("utf-8")
    )


def test_pods_may_ask_nobody_and_stand_on_different_nodes():
    policy = MANIFESTS["NetworkPolicy"]["spec"]
    (spread,) = POD["topologySpreadConstraints"]
    labels = MANIFESTS["Deployment"]["spec"]["template"]["metadata"]["labels"]

    assert policy["podSelector"]["matchLabels"] == spread["labelSelector"]["matchLabels"] == labels
    assert set(policy["policyTypes"]) == {"Ingress", "Egress"}
    assert policy["egress"] == []
    assert spread["topologyKey"] == "kubernetes.io/hostname"


def test_a_process_that_ends_has_time_to_be_left():
    (_, wait) = SITE["lifecycle"]["preStop"]["exec"]["command"]

    assert int(wait) < POD["terminationGracePeriodSeconds"]


def test_the_way_in_leads_to_the_processes():
    deployment, service = MANIFESTS["Deployment"], MANIFESTS["Service"]
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    (host,) = MANIFESTS["Ingress"]["spec"]["rules"]
    *_, last = host["http"]["paths"]

    assert deployment["spec"]["selector"]["matchLabels"] == service["spec"]["selector"] == labels
    assert MANIFESTS["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    assert service["spec"]["ports"][0]["targetPort"] == "http"
    assert last["backend"]["service"] == {"name": service["metadata"]["name"], "port": {"name": "http"}}
    assert MANIFESTS["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]["name"] == deployment["metadata"]["name"]


def test_more_processes_stay_than_may_be_taken_away():
    assert (
        MANIFESTS["PodDisruptionBudget"]["spec"]["minAvailable"]
        < MANIFESTS["HorizontalPodAutoscaler"]["spec"]["minReplicas"]
    )


def test_the_proxy_of_the_containers_treats_visitors_as_the_shipped_one_does():
    balance, shipped = ((DEPLOY / name).read_text("utf-8") for name in ("balance.conf", "nginx.conf"))
    (listens,) = re.findall(r"listen (\d+);", balance)

    assert set(directives(balance.replace("$forwarded_scheme", "$scheme"))) == set(directives(shipped))
    assert f"server site:{PORT};" in balance
    assert COMPOSE["services"]["proxy"]["ports"] == [f"127.0.0.1:{PORT}:{listens}"]


def directives(conf: str) -> list[str]:
    """What is said for each request that goes through."""
    return re.findall(
        r"^ +(proxy_(?!temp_path)\w+ .*|client_\w+(?<!temp_path) .*|keepalive .*|zone .*|least_conn);",
        conf,
        re.MULTILINE,
    )
